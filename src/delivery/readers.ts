import { recordConsent } from "../consent/index.ts";
import type { TxContext } from "../db/transaction.ts";
import type { ProviderSuppression } from "../mail/provider-event.ts";
import { mirrorAdded, mirrorRemoved, suppress } from "../suppression/index.ts";
import type { FoundDelivery } from "./delivery-queries.ts";
import { countSoftBounce, mailAgain, resetSoftBounces, stopMailing, stopMailingTo } from "./reader-queries.ts";

/** Transient bounces in a row, without a delivery between them, after which an address counts as dead. */
const SOFT_BOUNCE_LIMIT = 5;

export async function onDelivered(tx: TxContext, readers: FoundDelivery[]): Promise<void> {
  if (readers.length === 0) return;
  await resetSoftBounces(
    tx.db,
    readers.map((reader) => reader.subscriber_id),
  );
}

/** After a permanent bounce an address is never mailed again. */
export async function onBounced(tx: TxContext, reader: FoundDelivery): Promise<void> {
  if (reader.address_index) await suppress(tx, reader.address_index, "bounce");
  await stopMailing(tx.db, reader.subscriber_id, "bounced", tx.clock());
}

/** A message that the provider did not send on, since the address stands on its own list. */
export async function onSuppressed(tx: TxContext, reader: FoundDelivery, at: number): Promise<void> {
  const { address_index: addressIndex } = reader;
  if (addressIndex) await onList(tx, { kind: "suppression-added", addressIndex, at });
}

/**
 * Mirrors the provider's own list. What is taken off it may be mailed again here too, where nothing but that list stood
 * in the way; a bounce, a complaint, and a reader who left stay what they are.
 */
export async function onList(
  tx: TxContext,
  { kind, addressIndex, at }: Omit<ProviderSuppression, "id">,
): Promise<void> {
  if (kind === "suppression-added") {
    const since = await mirrorAdded(tx, addressIndex, at);
    if (since !== null) await stopMailingTo(tx.db, addressIndex, since);
  } else {
    const since = await mirrorRemoved(tx, addressIndex, at);
    if (since !== null) await mailAgain(tx.db, addressIndex, since);
  }
}

export async function onSoftBounce(tx: TxContext, reader: FoundDelivery): Promise<void> {
  const count = await countSoftBounce(tx.db, reader.subscriber_id);
  if (count >= SOFT_BOUNCE_LIMIT) await onBounced(tx, reader);
}

/** A complaint is a withdrawal of consent, the strongest there is. */
export async function onComplained(tx: TxContext, reader: FoundDelivery): Promise<void> {
  if (reader.address_index) await suppress(tx, reader.address_index, "complaint");
  if (!(await stopMailing(tx.db, reader.subscriber_id, "complained", tx.clock()))) return;
  await recordConsent(tx, { subscriberId: reader.subscriber_id, kind: "withdrawn", form: "complaint" });
}
