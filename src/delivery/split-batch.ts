import { nudge, type TxContext } from "../db/transaction.ts";
import { type Batch, insertBatch } from "./batch-queries.ts";
import { moveMembers } from "./delivery-queries.ts";
import { deliverJob } from "./jobs.ts";

/** Moves the members of a refused batch into two new ones, each with its own key, frozen as they were. */
export async function splitBatch(tx: TxContext, batch: Batch, ids: number[]): Promise<void> {
  const middle = Math.ceil(ids.length / 2);
  for (const half of [ids.slice(0, middle), ids.slice(middle)]) {
    const id = await insertBatch(tx.db, {
      uid: tx.newId(),
      digest_id: batch.digest_id,
      kind: batch.kind,
      status: "queued",
      priority: batch.priority,
      frozen_at: batch.frozen_at,
      token_key_id: batch.token_key_id,
      counted_on: batch.counted_on,
      created_at: tx.clock(),
    });
    await moveMembers(tx.db, half, id);
    await nudge(tx, deliverJob(id), { priority: batch.priority });
  }
}
