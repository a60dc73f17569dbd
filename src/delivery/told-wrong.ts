import { nudge, type TxContext } from "../db/transaction.ts";
import { type Batch, insertBatch, updateBatch } from "./batch-queries.ts";
import { moveMembers } from "./delivery-queries.ts";
import { deliverJob, PRIORITY } from "./jobs.ts";
import { move } from "./tally.ts";
import { earlierLetters } from "./told-wrong-queries.ts";

/** How long a correction waits for a letter that is on its way before it looks again. */
const LOOK_AGAIN_MS = 10_000;

/**
 * Puts a leased batch of corrections off while the letters that it corrects are on their way; false: it may go. Where
 * only some are, those wait in a batch of their own and the others go.
 */
export async function putOff(tx: TxContext, batch: Batch): Promise<boolean> {
  if (batch.kind !== "correction" || batch.frozen_at !== null) return false;
  const letters = await earlierLetters(tx.db, batch.id, batch.digest_id);
  const waiting = letters.filter((letter) => letter.arrived === 0 && letter.under_way === 1);
  if (waiting.length === 0) return false;
  if (waiting.length < letters.length) {
    await moveMembers(
      tx.db,
      waiting.map((letter) => letter.id),
      await waitingBatch(tx, batch.digest_id),
    );
    return false;
  }
  await updateBatch(tx.db, batch.id, {
    status: "queued",
    lease_until: null,
    attempts: batch.attempts - 1,
    next_attempt_at: tx.clock() + LOOK_AGAIN_MS,
  });
  return true;
}

/** A new batch of notices that looks for their letters after a while. */
export async function waitingBatch(tx: TxContext, digestId: number | null): Promise<number> {
  const id = await insertBatch(tx.db, {
    uid: tx.newId(),
    digest_id: digestId,
    kind: "correction",
    status: "queued",
    priority: PRIORITY.correction,
    next_attempt_at: tx.clock() + LOOK_AGAIN_MS,
    created_at: tx.clock(),
  });
  await nudge(tx, deliverJob(id), { priority: PRIORITY.correction, delayMs: LOOK_AGAIN_MS });
  return id;
}

/** Skips members whom the mistake never reached: the letter that was on its way to them failed, or was corrected. */
export async function skipUntold(tx: TxContext, batch: Batch): Promise<void> {
  const letters = await earlierLetters(tx.db, batch.id, batch.digest_id);
  const ids = letters.filter((letter) => letter.arrived === 0).map((letter) => letter.id);
  await move(tx, { digestId: batch.digest_id, ids, to: "skipped", reason: "not-told" });
}
