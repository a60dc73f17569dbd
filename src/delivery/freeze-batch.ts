import type { TxContext } from "../db/transaction.ts";
import type { SubscriberStatus } from "../subscribers/words.ts";
import type { Batch } from "./batch-queries.ts";
import { membersToFreeze } from "./delivery-queries.ts";
import { type FrozenMember, insertFrozen } from "./frozen-queries.ts";
import { move } from "./tally.ts";
import { skipUntold } from "./told-wrong.ts";
import { followReplaced } from "./variant-queries.ts";
import type { MailKind } from "./words.ts";

/** In which state a reader must stand to be owed each kind of mail. */
const MAY_RECEIVE: Record<MailKind, SubscriberStatus> = {
  digest: "active",
  correction: "active",
  confirm: "pending",
  welcome: "active",
  "already-subscribed": "active",
};

/**
 * Fixes what a batch will say to whom, in the transaction that leases it: readers who left or were suppressed until
 * now are skipped, as are those of a correction whom the mistake never reached; a rendering that was corrected gives way
 * to what replaces it; the others' addresses are kept as encrypted now. From here on every attempt sends the same bytes.
 */
export async function freezeBatch(tx: TxContext, batch: Batch): Promise<FrozenMember[]> {
  if (batch.kind === "correction") await skipUntold(tx, batch);
  const members = await membersToFreeze(tx.db, batch.id);
  const [staying, gone] = [[] as FrozenMember[], new Map<string, number[]>()];
  for (const { id, variant_id, uid, address, reader, suppressed } of members) {
    if (suppressed === null && reader === MAY_RECEIVE[batch.kind] && address !== null) {
      const base64 = Buffer.from(address.buffer, address.byteOffset, address.byteLength).toString("base64");
      staying.push({ deliveryId: id, variantId: variant_id, uid, address: base64 });
    } else {
      const reason = suppressed === null ? reader : "suppressed";
      gone.set(reason, [...(gone.get(reason) ?? []), id]);
    }
  }
  for (const [reason, ids] of gone) await move(tx, { digestId: batch.digest_id, ids, to: "skipped", reason });
  await followReplaced(tx.db, tx.engine, staying);
  await insertFrozen(tx.db, batch.id, staying);
  return staying;
}
