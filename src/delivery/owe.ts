import { nudge, type TxContext } from "../db/transaction.ts";
import { deleteBatch, insertBatch, openBatchOf, updateBatch } from "./batch-queries.ts";
import { insertMembers } from "./delivery-queries.ts";
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
 * Those who get the same rendering stand together. Gives the batches that are full and may go out once this transaction
 * commits.
 */
export async function owe(tx: TxContext, digestId: number, owed: Owed[], kind: DigestKind): Promise<number[]> {
  const [size, now] = [tx.mailer.maxBatch, tx.clock()];
  const inOrder = owed.toSorted((a, b) => a.variantId - b.variantId);
  const full: number[] = [];
  let open: { id: number; members: number } | undefined =
    owed.length > 0 ? await openBatchOf(tx.db, digestId) : undefined;
  for (let place = 0; place < inOrder.length; ) {
    const members = inOrder.slice(place, place + size - (open?.members ?? 0));
    const isFull = (open?.members ?? 0) + members.length === size;
    const batchId = open?.id ?? (await newBatch(tx, digestId, kind, isFull ? "queued" : "filling"));
    if (open && isFull) await updateBatch(tx.db, open.id, { status: "queued" });
    await fillBatch(tx, digestId, batchId, members, now);
    if (isFull) full.push(batchId);
    place += members.length;
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
  const now = tx.clock();
  for (let place = 0; place < owed.length; place += tx.mailer.maxBatch) {
    const members = owed.slice(place, place + tx.mailer.maxBatch);
    await fillBatch(tx, digestId, await waitingBatch(tx, digestId), members, now);
  }
  await addToTally(tx.db, digestId, new Map([["queued", owed.length]]));
}

function newBatch(tx: TxContext, digestId: number, kind: DigestKind, status: "filling" | "queued"): Promise<number> {
  const created_at = tx.clock();
  const uid = tx.newId();
  return insertBatch(tx.db, { uid, digest_id: digestId, kind, status, priority: PRIORITY[kind], created_at });
}

async function fillBatch(
  tx: TxContext,
  digestId: number,
  batchId: number,
  members: Owed[],
  owedAt: number,
): Promise<void> {
  const groups = new Map<number, number[]>();
  for (const { subscriberId, variantId } of members) {
    const readers = groups.get(variantId);
    if (readers) readers.push(subscriberId);
    else groups.set(variantId, [subscriberId]);
  }
  for (const [variantId, readers] of groups) {
    await insertMembers(tx.db, tx.engine, { digestId, batchId, variantId, owedAt }, readers);
  }
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
