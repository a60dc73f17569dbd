import type { TxContext } from "../db/transaction.ts";
import type { SubscriberStatus } from "../subscribers/words.ts";
import { type Batch, updateBatch } from "./batch-queries.ts";
import { freezeAddresses, membersToFreeze } from "./delivery-queries.ts";
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
 * to what replaces it; the others' addresses are kept as encrypted now, and the token key is chosen. From here on every
 * attempt sends the same bytes. Gives the batch as it is now.
 */
export async function freezeBatch(tx: TxContext, batch: Batch): Promise<Batch> {
  const members = await membersToFreeze(tx.db, batch.id);
  const gone = members.filter((member) => member.suppressed || member.reader !== MAY_RECEIVE[batch.kind]);
  for (const [reason, ids] of byReason(gone)) {
    await move(tx, { digestId: batch.digest_id, ids, to: "skipped", reason });
  }
  if (batch.kind === "correction") await skipUntold(tx, batch);
  await followReplaced(tx.db, tx.engine, batch.id);
  await freezeAddresses(tx.db, batch.id);
  const frozen = { frozen_at: tx.clock(), token_key_id: tx.vault.tokenKeyId };
  await updateBatch(tx.db, batch.id, frozen);
  return { ...batch, ...frozen };
}

function byReason(gone: { id: number; reader: SubscriberStatus; suppressed: string | null }[]): Map<string, number[]> {
  const reasons = new Map<string, number[]>();
  for (const { id, reader, suppressed } of gone) {
    const reason = suppressed ? "suppressed" : reader;
    reasons.set(reason, [...(reasons.get(reason) ?? []), id]);
  }
  return reasons;
}
