import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { SendOutcome } from "../mail/mailer.ts";
import type { JobOutcome } from "../queue/queue.ts";
import { type Batch, releaseBatch } from "./batch-queries.ts";
import type { Attempt } from "./deliver-batch.ts";
import { memberIds, noteAccepted, submitFailedBefore, submitQueued, type Taken } from "./delivery-queries.ts";
import { addToTally, finishDigestIfDone } from "./digest-queries.ts";
import { followLimits } from "./follow-limits.ts";
import type { FrozenMessage } from "./frozen-messages.ts";
import { deleteFrozen } from "./frozen-queries.ts";
import { markPace } from "./pace.ts";
import { stopSending } from "./pause-sending.ts";
import { noteRefusal } from "./refusal-queries.ts";
import { concludeSplit, waitForTheOthers } from "./refused-alike.ts";
import { splitBatch } from "./split-batch.ts";
import { move } from "./tally.ts";
import { judge, type Later, type Verdict } from "./verdict.ts";
import type { DeliveryStatus } from "./words.ts";

/** Writes down what became of an attempt, and says when the batch wants its next one. */
export async function recordOutcome(
  ctx: Context,
  attempt: Attempt,
  messages: FrozenMessage[],
  outcome: SendOutcome,
): Promise<JobOutcome> {
  const { batch, unsettledSince } = attempt;
  await followLimits(ctx, outcome);
  const verdict = judge(ctx, { attempts: batch.attempts, unsettledSince }, outcome);
  switch (verdict.kind) {
    case "accepted":
      return accepted(ctx, batch, messages, verdict);
    case "refused":
      return messages.length === 1 ? fail(ctx, batch, verdict.reason) : split(ctx, batch, verdict.reason);
    case "later":
      return requeue(ctx, batch, verdict);
    case "halt":
      return halt(ctx, batch, verdict);
    case "give-up":
      return giveUp(ctx, batch, verdict.reason);
  }
}

/** Settles a batch that owes nothing more. */
export function settle(ctx: Context, batch: Batch): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    await close(tx, batch, { status: "settled" });
    return undefined;
  });
}

/** What may have been accepted and cannot be asked again goes to a person; never resent by itself. */
export function giveUp(ctx: Context, batch: Batch, reason: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    await close(tx, batch, { status: "unknown", reason }, async () => {
      ctx.log.error({ batch: batch.uid, reason }, "the outcome of a batch is not known; a person must decide");
      await moveAll(tx, batch, "unknown", reason);
    });
    return undefined;
  });
}

async function accepted(
  ctx: Context,
  batch: Batch,
  messages: FrozenMessage[],
  { ids, restMs }: Extract<Verdict, { kind: "accepted" }>,
): Promise<JobOutcome> {
  await transaction(ctx, async (tx) => {
    const taken = messages.map(({ deliveryId }, place) => ({ deliveryId, providerId: ids[place] ?? "" }));
    const moved = await submitQueued(tx.db, tx.engine, taken, tx.clock());
    if (moved < taken.length) await submitRest(tx, batch.digest_id, taken);
    const count = async () => {
      if (batch.digest_id !== null) await addToTally(tx.db, batch.digest_id, submitted(moved));
    };
    if (!(await close(tx, batch, { status: "settled", unsettled_since: null }, count))) await count();
  });
  if (batch.digest_id !== null) await markPace(ctx, batch.digest_id);
  return restMs === undefined ? undefined : { rest: restMs };
}

/** Notices may have come before this answer: what they moved on stays there. */
async function submitRest(tx: TxContext, digestId: number | null, taken: Taken[]): Promise<void> {
  await move(tx, { digestId, ids: taken.map((one) => one.deliveryId), to: "submitted" });
  const lifted = await submitFailedBefore(tx.db, tx.engine, taken);
  const counts = new Map<DeliveryStatus, number>([
    ["failed", -lifted],
    ["submitted", lifted],
  ]);
  if (digestId !== null) await addToTally(tx.db, digestId, counts);
  await noteAccepted(tx.db, tx.engine, taken, tx.clock());
}

function submitted(count: number): Map<DeliveryStatus, number> {
  return new Map([
    ["queued", -count],
    ["submitted", count],
  ]);
}

/** The batch waits and comes back with the same bytes. */
function requeue(ctx: Context, batch: Batch, { reason, afterMs, unsettledSince, job }: Later): Promise<JobOutcome> {
  return transaction(ctx, async (tx) => {
    await releaseBatch(tx.db, batch, {
      status: "queued",
      reason,
      unsettled_since: unsettledSince,
      next_attempt_at: tx.clock() + afterMs,
    });
    return job;
  });
}

/** Single mails come back by themselves, digests when they are resumed. */
async function halt(ctx: Context, batch: Batch, later: Extract<Verdict, { kind: "halt" }>): Promise<JobOutcome> {
  await stopSending(ctx, later, batch.digest_id);
  return requeue(ctx, batch, batch.digest_id === null ? later : { ...later, job: undefined });
}

function fail(ctx: Context, batch: Batch, reason: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    if (await waitForTheOthers(tx, batch, reason)) return undefined;
    await close(tx, batch, { status: "settled", reason }, async () => {
      await noteRefusal(tx, batch);
      await moveAll(tx, batch, "failed", reason);
    });
    return undefined;
  });
}

/** One message spoils the batch: halves are tried until it stands alone. */
function split(ctx: Context, batch: Batch, reason: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    const done = { status: "split", reason, unsettled_since: null, settled_at: tx.clock() } as const;
    if (!(await releaseBatch(tx.db, batch, done))) return undefined;
    await splitBatch(tx, batch);
    return undefined;
  });
}

async function moveAll(tx: TxContext, batch: Batch, to: "failed" | "unknown", reason: string): Promise<void> {
  const ids = await memberIds(tx.db, batch.id);
  await move(tx, { digestId: batch.digest_id, ids, to, reason });
}

/**
 * The last step of a batch that this worker still holds: its addresses go, its members move, what it was split from is
 * concluded, and its digest may be done. False: another worker took it over, and records what becomes of it.
 */
async function close(
  tx: TxContext,
  batch: Batch,
  change: Parameters<typeof releaseBatch>[2],
  moving: () => Promise<void> = async () => undefined,
): Promise<boolean> {
  if (!(await releaseBatch(tx.db, batch, { ...change, settled_at: tx.clock() }))) return false;
  await deleteFrozen(tx.db, batch.id);
  // Late, since every batch of the digest waits for its counters; and before the last look, so that one of two sees both.
  await moving();
  if (batch.digest_id !== null && batch.root_id !== null) await concludeSplit(tx, batch.digest_id, batch.root_id);
  if (batch.digest_id !== null) await finishDigestIfDone(tx.db, tx.engine, batch.digest_id, tx.clock());
  return true;
}
