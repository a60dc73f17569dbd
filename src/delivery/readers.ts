import { recordConsent } from "../consent/index.ts";
import type { TxContext } from "../db/transaction.ts";
import { suppress } from "../suppression/index.ts";
import type { FoundDelivery } from "./delivery-queries.ts";
import { countSoftBounce, resetSoftBounces, stopMailing } from "./reader-queries.ts";

/** Transient bounces in a row, without a delivery between them, after which an address counts as dead. */
const SOFT_BOUNCE_LIMIT = 5;

export async function onDelivered(tx: TxContext, reader: FoundDelivery): Promise<void> {
  await resetSoftBounces(tx.db, reader.subscriber_id);
}

/** A permanent bounce, or an address on the provider's own list, is never mailed again. */
export async function onBounced(tx: TxContext, reader: FoundDelivery, kind: "bounced" | "suppressed"): Promise<void> {
  if (reader.address_index) await suppress(tx, reader.address_index, kind === "bounced" ? "bounce" : "provider");
  await stopMailing(tx.db, reader.subscriber_id, "bounced", tx.clock());
}

export async function onSoftBounce(tx: TxContext, reader: FoundDelivery): Promise<void> {
  const count = await countSoftBounce(tx.db, reader.subscriber_id);
  if (count >= SOFT_BOUNCE_LIMIT) await onBounced(tx, reader, "bounced");
}

/** A complaint is a withdrawal of consent, the strongest there is. */
export async function onComplained(tx: TxContext, reader: FoundDelivery): Promise<void> {
  if (reader.address_index) await suppress(tx, reader.address_index, "complaint");
  if (!(await stopMailing(tx.db, reader.subscriber_id, "complained", tx.clock()))) return;
  await recordConsent(tx, { subscriberId: reader.subscriber_id, kind: "withdrawn", form: "complaint" });
}
