import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import {
  type Batch,
  closeUntriedBatches,
  forgetHalt,
  holdUntried,
  insertBatch,
  queuedBatchesOf,
  releaseBatch,
  skipUntried,
} from "./batch-queries.ts";
import { failedOf, requeueDelivery } from "./delivery-queries.ts";
import { addSkips, addToTally, findMode } from "./digest-queries.ts";
import { keepFormer } from "./former-queries.ts";
import { deliverJob, PRIORITY } from "./jobs.ts";
import type { DigestKind } from "./owe.ts";
import { untellSkipped } from "./reader-queries.ts";

/** Nudges every batch of a digest that waits, after a pause. */
export async function nudgeQueued(ctx: Context, digestId: number): Promise<void> {
  const { digest, correction } = PRIORITY;
  await forgetHalt(ctx.db, digestId);
  const batches = await queuedBatchesOf(ctx.db, digestId);
  const priority = batches.some((batch) => batch.kind === "correction") ? correction : digest;
  await nudge(
    ctx,
    batches.map((batch) => deliverJob(batch.id)),
    { priority },
  );
}

/**
 * Skips what a cancelled digest has not handed over. In sequence, its readers' places move back, so that the next
 * edition tells them. What may have been accepted is left to settle by itself.
 */
export async function skipQueued(tx: TxContext, digest: { id: number; mode: string }, reason: string): Promise<number> {
  await holdUntried(tx.db, tx.engine, digest.id);
  if (digest.mode === "sequence") await untellSkipped(tx.db, digest.id);
  const count = await skipUntried(tx.db, digest.id, reason);
  await addToTally(
    tx.db,
    digest.id,
    new Map([
      ["queued", -count],
      ["skipped", count],
    ]),
  );
  await addSkips(tx.db, digest.id, reason, count);
  await closeUntriedBatches(tx.db, digest.id, tx.clock());
  return count;
}

/** A batch that was begun when its digest was cancelled, and that the provider certainly did not take. */
export function skipCancelled(ctx: Context, batch: Batch): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    if (batch.digest_id === null || !(await releaseBatch(tx.db, batch, { status: "queued" }))) return undefined;
    await skipQueued(tx, await findMode(tx.db, batch.digest_id), "cancelled");
    return undefined;
  });
}

/**
 * Owes the failed deliveries of a digest again, in new batches under new keys. Nobody whose message was accepted, or
 * may have been, is among them, nor one whose batch is still under way. Gives how many there are.
 */
export async function retryFailed(
  tx: TxContext,
  digestId: number,
  kind: DigestKind,
  except: ReadonlySet<number>,
): Promise<number> {
  const failed = (await failedOf(tx.db, tx.engine, digestId)).filter((id) => !except.has(id));
  for (let place = 0; place < failed.length; place += tx.mailer.maxBatch) {
    const ids = failed.slice(place, place + tx.mailer.maxBatch);
    const batch = { digest_id: digestId, kind, status: "queued", priority: PRIORITY[kind] } as const;
    const id = await insertBatch(tx.db, { ...batch, uid: tx.newId(), created_at: tx.clock() });
    await keepFormer(tx.db, ids, tx.clock());
    await requeueDelivery(tx.db, ids, id);
    await nudge(tx, deliverJob(id), { priority: PRIORITY[kind] });
  }
  await addToTally(
    tx.db,
    digestId,
    new Map([
      ["failed", -failed.length],
      ["queued", failed.length],
    ]),
  );
  return failed.length;
}
