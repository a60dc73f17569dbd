import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import type { ProviderEvent } from "../mail/provider-event.ts";
import { type FoundDelivery, findDelivery } from "./delivery-queries.ts";
import { applyToEditorMail } from "./editor-mail-event.ts";
import { readDeliveryTag } from "./frozen-messages.ts";
import { guardRates } from "./guard-rates.ts";
import { applyEventJob } from "./jobs.ts";
import { insertProviderEvent, takeProviderEvent } from "./provider-event-queries.ts";
import { onBounced, onComplained, onDelivered, onSoftBounce } from "./readers.ts";
import { statusOfEvent } from "./status.ts";
import { move } from "./tally.ts";

/** Stores a provider's notice, to be applied by a worker. A repeated one is ignored. */
export async function recordEvent(ctx: Context, event: ProviderEvent): Promise<void> {
  const id = await insertProviderEvent(ctx.db, event.id, JSON.stringify(event), ctx.clock());
  if (id !== null) await nudge(ctx, applyEventJob(id));
}

/**
 * Applies a stored notice once: the delivery moves forward if this is a step forward, and a bounce or complaint acts
 * on the reader. Notices come late, doubled, out of order and before the send's own response; all of that ends the same.
 */
export async function applyEvent(ctx: Context, eventId: number): Promise<void> {
  await transaction(ctx, async (tx) => {
    const row = await takeProviderEvent(tx.db, eventId, tx.clock());
    if (!row) return;
    const event = JSON.parse(row.event) as ProviderEvent;
    if (await applyToEditorMail(tx, event)) return;
    const delivery = await deliveryOf(tx, event);
    if (!delivery) return;
    const moved = await move(tx, {
      digestId: delivery.digest_id,
      ids: [delivery.id],
      to: statusOfEvent(event.kind),
      reason: event.detail,
      eventAt: event.at,
    });
    await actOnReader(tx, event, delivery);
    if (moved.length > 0) await guardDigest(tx, event, delivery.digest_id);
  });
}

/** The delivery whose tags these are; the random id beside the number must be its own. */
async function deliveryOf(tx: TxContext, { tags }: ProviderEvent): Promise<FoundDelivery | undefined> {
  const id = readDeliveryTag(tags.delivery);
  const delivery = id === null ? undefined : await findDelivery(tx.db, id);
  if (!delivery) return undefined;
  const own = delivery.digest_id === null ? tags.mail === delivery.batch_uid : tags.digest === delivery.digest_uid;
  return own ? delivery : undefined;
}

async function guardDigest(tx: TxContext, { kind }: ProviderEvent, digestId: number | null): Promise<void> {
  const to = statusOfEvent(kind);
  if (digestId !== null && (to === "bounced" || to === "complained")) await guardRates(tx, digestId);
}

async function actOnReader(tx: TxContext, { kind }: ProviderEvent, reader: FoundDelivery): Promise<void> {
  if (kind === "delivered") await onDelivered(tx, reader);
  if (kind === "bounced" || kind === "suppressed") await onBounced(tx, reader, kind);
  if (kind === "bounced-soft") await onSoftBounce(tx, reader);
  if (kind === "complained") await onComplained(tx, reader);
}
