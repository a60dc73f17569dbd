import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { ProviderEvent, ProviderNotice } from "../mail/provider-event.ts";
import { applyMoves, foundDeliveries } from "./apply-moves.ts";
import type { FoundDelivery } from "./delivery-queries.ts";
import { applyToEditorMail } from "./editor-mail-event.ts";
import { formerMessages, isOvertaken } from "./former-queries.ts";
import { readDeliveryTag, readEditorMailTag } from "./frozen-messages.ts";
import { isWaiting, takeProviderEvent, takeWaitingEvents } from "./provider-event-queries.ts";
import { onBounced, onComplained, onDelivered, onList, onSoftBounce, onSuppressed } from "./readers.ts";

/** Notices of one transaction: large enough that its commit costs each of them little, small enough to let others in. */
const GROUP = 500;

/**
 * Applies a stored notice once, and with it those that wait: each delivery moves forward where that is a step forward,
 * and bounces, complaints and the provider's list act on the reader. Notices come late, doubled, out of order and before
 * the send's own response; all of that ends the same. One that cannot be applied holds up no other.
 */
export async function applyEvent(ctx: Context, eventId: number): Promise<void> {
  try {
    while (await isWaiting(ctx.db, eventId)) {
      if ((await transaction(ctx, applyWaiting)) === 0) return;
    }
  } catch (err) {
    ctx.log.warn({ err, event: eventId }, "notices could not be applied together; this one is applied alone");
    await transaction(ctx, (tx) => applyAlone(tx, eventId));
  }
}

async function applyWaiting(tx: TxContext): Promise<number> {
  const rows = await takeWaitingEvents(tx.db, tx.engine, tx.clock(), GROUP);
  await apply(
    tx,
    rows.map((row) => JSON.parse(row.event) as ProviderNotice),
  );
  return rows.length;
}

async function applyAlone(tx: TxContext, eventId: number): Promise<void> {
  const row = await takeProviderEvent(tx.db, eventId, tx.clock());
  if (row) await apply(tx, [JSON.parse(row.event) as ProviderNotice]);
}

/** Applies notices in their order, as if each came alone. */
async function apply(tx: TxContext, notices: ProviderNotice[]): Promise<void> {
  const events = notices.filter((notice) => "tags" in notice);
  const found = await foundDeliveries(tx, events);
  const former = await formerMessages(tx.db, tx.engine, [...found.keys()]);
  const ours = events.flatMap((event) => {
    const delivery = deliveryOf(found, event);
    return delivery && !isOvertaken(former, delivery.id, event) ? [{ event, delivery }] : [];
  });
  await applyMoves(tx, ours);
  await actOnReaders(tx, ours);
  for (const notice of notices) {
    if (!("tags" in notice)) await onList(tx, notice);
    else if (readEditorMailTag(notice.tags.delivery) !== null) await applyToEditorMail(tx, notice);
  }
}

/** A notice, and the delivery that it is about. */
export interface About {
  event: ProviderEvent;
  delivery: FoundDelivery;
}

/** The delivery whose tags these are; the random id beside the number must be its own. */
function deliveryOf(found: Map<number, FoundDelivery>, { tags }: ProviderEvent): FoundDelivery | undefined {
  const delivery = found.get(readDeliveryTag(tags.delivery) ?? 0);
  if (!delivery) return undefined;
  const own = delivery.digest_id === null ? tags.mail === delivery.batch_uid : tags.digest === delivery.digest_uid;
  return own ? delivery : undefined;
}

/** Readers of whom nothing but arrivals is told are done together; readers do not depend on each other. */
async function actOnReaders(tx: TxContext, ours: About[]): Promise<void> {
  const isArrival = ({ event }: About) => ["sent", "delayed", "delivered", "failed"].includes(event.kind);
  const troubled = new Set(ours.filter((one) => !isArrival(one)).map((one) => one.delivery.subscriber_id));
  const isTroubled = ({ delivery }: About) => troubled.has(delivery.subscriber_id);
  const arrived = ours.filter((one) => one.event.kind === "delivered" && !isTroubled(one));
  await onDelivered(
    tx,
    arrived.map((one) => one.delivery),
  );
  for (const { event, delivery } of ours.filter(isTroubled)) await actOnReader(tx, event, delivery);
}

async function actOnReader(tx: TxContext, { kind, at }: ProviderEvent, reader: FoundDelivery): Promise<void> {
  if (kind === "delivered") await onDelivered(tx, [reader]);
  if (kind === "bounced") await onBounced(tx, reader);
  if (kind === "suppressed") await onSuppressed(tx, reader, at);
  if (kind === "bounced-soft") await onSoftBounce(tx, reader);
  if (kind === "complained") await onComplained(tx, reader);
}
