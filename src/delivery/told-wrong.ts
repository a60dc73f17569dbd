import type { TxContext } from "../db/transaction.ts";
import { type Batch, updateBatch } from "./batch-queries.ts";
import { move } from "./tally.ts";
import { earlierLetters } from "./told-wrong-queries.ts";

/** How long a correction waits for a letter that is on its way before it looks again. */
export const LOOK_AGAIN_MS = 10_000;

/** Puts a leased batch of corrections off while a letter that it corrects is on its way; false: it may go. */
export async function putOff(tx: TxContext, batch: Batch): Promise<boolean> {
  if (batch.kind !== "correction" || batch.frozen_at !== null) return false;
  const letters = await earlierLetters(tx.db, batch.id);
  if (!letters.some((letter) => letter.arrived === 0 && letter.under_way === 1)) return false;
  await updateBatch(tx.db, batch.id, {
    status: "queued",
    lease_until: null,
    attempts: batch.attempts - 1,
    next_attempt_at: tx.clock() + LOOK_AGAIN_MS,
  });
  return true;
}

/** Skips members whom the mistake never reached: the letter that was on its way to them failed. */
export async function skipUntold(tx: TxContext, batch: Batch): Promise<void> {
  const letters = await earlierLetters(tx.db, batch.id);
  const ids = letters.filter((letter) => letter.arrived === 0).map((letter) => letter.id);
  await move(tx, { digestId: batch.digest_id, ids, to: "skipped", reason: "not-told" });
}
