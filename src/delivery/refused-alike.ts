import { raiseAlert } from "../alerts/index.ts";
import { nudge, type TxContext } from "../db/transaction.ts";
import { type Batch, insertBatch, releaseBatch } from "./batch-queries.ts";
import { memberIds, moveMembers } from "./delivery-queries.ts";
import { digestStatusOf, digestUidOf, finishDigestIfDone, pauseOne } from "./digest-queries.ts";
import { deliverJob, PRIORITY } from "./jobs.ts";
import { noteRefusal } from "./refusal-queries.ts";
import {
  countOpenParts,
  countOtherMembers,
  type RefusedPart,
  refusedOf,
  refusedPartsOf,
  settleRefused,
  waitingRoots,
} from "./refused-queries.ts";
import { move } from "./tally.ts";

/** Fewer messages than this, all refused, may well be as many bad addresses. */
const LEAST = 5;

/**
 * Lets a message that was refused alone wait until all of the batch that it was split from is known, for a fault that
 * every message shares is not the readers'. While its digest is paused nothing fails: it is tried again, under a new
 * key. False: there is nothing to wait for, or a person had it tried once more already.
 */
export async function waitForTheOthers(tx: TxContext, batch: Batch, reason: string): Promise<boolean> {
  const { digest_id: digestId, root_id: rootId } = batch;
  if (digestId === null || rootId === null || batch.warned_at !== null) return false;
  const isPaused = (await digestStatusOf(tx.db, digestId)) === "paused";
  const change = isPaused ? ({ status: "queued", uid: tx.newId() } as const) : ({ status: "refused" } as const);
  const isOurs = await releaseBatch(tx.db, batch, { ...change, reason, unsettled_since: null });
  if (!isOurs) return true;
  await concludeSplit(tx, digestId, rootId);
  await finishDigestIfDone(tx.db, tx.engine, digestId, tx.clock());
  return true;
}

/**
 * Once no part of a split batch is open: those that were refused alone fail. If every message was, in the same words, the
 * digest is paused with them instead, and what was refused so is owed as before, to be tried when a person resumes it.
 */
export async function concludeSplit(tx: TxContext, digestId: number, rootId: number): Promise<void> {
  await tx.engine.serialise(tx.db, `split ${rootId}`);
  if ((await countOpenParts(tx.db, rootId)) > 0) return;
  const refused = await refusedPartsOf(tx.db, rootId);
  const reason = refused[0]?.reason ?? null;
  if (reason === null) return;
  const isAlike = refused.length >= LEAST && refused.every((part) => part.reason === reason);
  if (isAlike && (await countOtherMembers(tx.db, rootId)) === 0) await pauseAlike(tx, digestId, reason);
  else await failRefused(tx, digestId, refused);
}

async function failRefused(tx: TxContext, digestId: number, refused: RefusedPart[]): Promise<void> {
  for (const { id, reason } of refused) {
    await noteRefusal(tx, { id, digest_id: digestId });
    await move(tx, { digestId, ids: await memberIds(tx.db, id), to: "failed", reason });
  }
  await settleRefused(
    tx.db,
    refused.map((part) => part.id),
    tx.clock(),
  );
}

async function pauseAlike(tx: TxContext, digestId: number, reason: string): Promise<void> {
  await oweAgain(tx, digestId, await refusedOf(tx.db, digestId, reason));
  const words = `the provider refuses every message alike: ${reason}`;
  await pauseOne(tx.db, digestId, words);
  const about = await digestUidOf(tx.db, digestId);
  await raiseAlert(tx, { kind: "refused-alike", about, reason: words, until: null });
}

/** New batches under new keys, not frozen yet: what was refused was not accepted, so nothing can come twice. */
async function oweAgain(tx: TxContext, digestId: number, refused: RefusedPart[]): Promise<void> {
  for (let place = 0; place < refused.length; place += tx.mailer.maxBatch) {
    const parts = refused.slice(place, place + tx.mailer.maxBatch);
    const kind = parts[0]?.kind === "correction" ? "correction" : "digest";
    const now = tx.clock();
    const row = { digest_id: digestId, kind, status: "queued", warned_at: now, created_at: now } as const;
    const id = await insertBatch(tx.db, { ...row, uid: tx.newId(), priority: PRIORITY[kind] });
    for (const part of parts) await moveMembers(tx.db, await memberIds(tx.db, part.id), id);
    await nudge(tx, deliverJob(id), { priority: PRIORITY[kind] });
  }
  await settleRefused(
    tx.db,
    refused.map((part) => part.id),
    tx.clock(),
  );
}

/** Concludes what a cancelled digest or a lost race left waiting. */
export async function sweepRefused(tx: TxContext): Promise<void> {
  for (const { digestId, rootId } of await waitingRoots(tx.db)) {
    await concludeSplit(tx, digestId, rootId);
    await finishDigestIfDone(tx.db, tx.engine, digestId, tx.clock());
  }
}
