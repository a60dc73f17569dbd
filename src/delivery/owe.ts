import { nudge, type TxContext } from "../db/transaction.ts";
import { deleteBatch, insertBatch, openBatchOf, updateBatch } from "./batch-queries.ts";
import { insertDeliveries } from "./delivery-queries.ts";
import { addToTally, finishDigestIfDone } from "./digest-queries.ts";
import { deliverJob, PRIORITY } from "./jobs.ts";
import { waitingBatch } from "./told-wrong.ts";

export interface Owed {
  subscriberId: number;
  variantId: number;
}

/** What the batches of a digest are: an edition, or the notice of a correction. */
export type DigestKind = "digest" | "correction";

/**
 * Owes each of these readers one message of a digest, in batches that are filled to the transport's size across calls.
 * Gives the batches that are full and may go out once this transaction commits.
 */
export async function owe(tx: TxContext, digestId: number, owed: Owed[], kind: DigestKind): Promise<number[]> {
  const size = tx.mailer.maxBatch;
  const now = tx.clock();
  const full: number[] = [];
  let open: { id: number; members: number } | undefined = await openBatchOf(tx.db, digestId);
  for (let place = 0; place < owed.length; ) {
    open ??= { id: await newBatch(tx, digestId, kind), members: 0 };
    const members = owed.slice(place, place + size - open.members);
    await insertDeliveries(
      tx.db,
      members.map((one) => row(digestId, open?.id ?? 0, one, now)),
    );
    place += members.length;
    open = { id: open.id, members: open.members + members.length };
    if (open.members < size) break;
    await updateBatch(tx.db, open.id, { status: "queued" });
    full.push(open.id);
    open = undefined;
  }
  await addToTally(tx.db, digestId, new Map([["queued", owed.length]]));
  return full;
}

/**
 * Owes these readers the notice of a correction once the letter that it corrects, still on its way, has reached them. In
 * batches of their own, so that nobody else waits.
 */
export async function oweLater(tx: TxContext, digestId: number, owed: Owed[]): Promise<void> {
  for (let place = 0; place < owed.length; place += tx.mailer.maxBatch) {
    const members = owed.slice(place, place + tx.mailer.maxBatch);
    const id = await waitingBatch(tx, digestId);
    await insertDeliveries(
      tx.db,
      members.map((one) => row(digestId, id, one, tx.clock())),
    );
  }
  await addToTally(tx.db, digestId, new Map([["queued", owed.length]]));
}

function newBatch(tx: TxContext, digestId: number, kind: DigestKind): Promise<number> {
  const created_at = tx.clock();
  const uid = tx.newId();
  return insertBatch(tx.db, {
    uid,
    digest_id: digestId,
    kind,
    status: "filling",
    priority: PRIORITY[kind],
    created_at,
  });
}

function row(digestId: number, batchId: number, { subscriberId, variantId }: Owed, now: number) {
  return {
    digest_id: digestId,
    subscriber_id: subscriberId,
    variant_id: variantId,
    batch_id: batchId,
    status: "queued",
    owed_at: now,
  } as const;
}

/** Lets the last, partly filled batch of a digest go out. */
export async function closeOpenBatch(tx: TxContext, digestId: number): Promise<void> {
  const open = await openBatchOf(tx.db, digestId);
  if (!open) return;
  if (open.members === 0) return deleteBatch(tx.db, open.id);
  await updateBatch(tx.db, open.id, { status: "queued" });
  await nudge(tx, deliverJob(open.id), { priority: open.priority });
}

/** Declares the digest sent when all of it is planned and handed over. */
export async function finishIfDone(tx: TxContext, digestId: number): Promise<boolean> {
  return finishDigestIfDone(tx.db, tx.engine, digestId, tx.clock());
}
