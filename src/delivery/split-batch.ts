import { nudge, type TxContext } from "../db/transaction.ts";
import { type Batch, insertBatch } from "./batch-queries.ts";
import { moveMembers } from "./delivery-queries.ts";
import { deleteFrozen, findFrozen, insertFrozen } from "./frozen-queries.ts";
import { deliverJob } from "./jobs.ts";

/** Moves the members of a refused batch into two new ones, each with its own key, frozen as they were. */
export async function splitBatch(tx: TxContext, batch: Batch): Promise<void> {
  const members = await findFrozen(tx.db, batch.id);
  await deleteFrozen(tx.db, batch.id);
  const middle = Math.ceil(members.length / 2);
  for (const half of [members.slice(0, middle), members.slice(middle)]) {
    const id = await insertBatch(tx.db, {
      uid: tx.newId(),
      digest_id: batch.digest_id,
      kind: batch.kind,
      status: "queued",
      priority: batch.priority,
      frozen_at: batch.frozen_at,
      token_key_id: batch.token_key_id,
      root_id: batch.root_id ?? batch.id,
      warned_at: batch.warned_at,
      counted_on: batch.counted_on,
      created_at: tx.clock(),
    });
    await insertFrozen(tx.db, id, half);
    await moveMembers(
      tx.db,
      half.map((member) => member.deliveryId),
      id,
    );
    await nudge(tx, deliverJob(id), { priority: batch.priority });
  }
}
