import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import type { JobOutcome } from "../queue/queue.ts";
import { type Batch, findBatch, leaseBatch, updateBatch } from "./batch-queries.ts";
import { freezeBatch } from "./freeze-batch.ts";
import { frozenMessages } from "./frozen-messages.ts";
import { type FrozenMember, findFrozen } from "./frozen-queries.ts";
import { giveUp, recordOutcome, settle } from "./record-outcome.ts";
import { skipCancelled } from "./reopen.ts";
import { putOff } from "./told-wrong.ts";
import { mayTry, whenDue } from "./verdict.ts";
import { countHandedOver, holdToWarmUp } from "./warm-up.ts";

/**
 * Hands one batch to the provider and records what became of it. Safe to call at any time, any number of times, from
 * any process: a batch that is not due, or that another worker holds, is left alone. The outcome says when to come back.
 */
export async function deliverBatch(ctx: Context, batchId: number): Promise<JobOutcome> {
  await ctx.vault.ready();
  const attempt = await beginAttempt(ctx, batchId);
  if (!attempt) return whenDue(await findBatch(ctx.db, batchId), ctx.clock());
  if (!attempt.allowed && attempt.unsettledSince === null) return skipCancelled(ctx, attempt.batch);
  if (!attempt.allowed) return giveUp(ctx, attempt.batch, "the outcome of an earlier attempt is not known");
  const messages = await frozenMessages(ctx, attempt);
  if (messages.length === 0) return settle(ctx, attempt.batch);
  const outcome = await ctx.mailer.send(
    messages.map((one) => one.message),
    { idempotencyKey: `batch-${attempt.batch.uid}`, timeoutMs: ctx.config.delivery.timeoutMs },
  );
  return recordOutcome(ctx, attempt, messages, outcome);
}

/** One try of one batch. */
export interface Attempt {
  batch: Batch;
  /** What it froze. */
  members: FrozenMember[];
  /** The tag that tells what it belongs to. A random id: after a restore a number may be another delivery's. */
  about: { digest: string } | { mail: string };
  /** Whether trying (again) cannot send anything twice. */
  allowed: boolean;
  /** When the first attempt of unknown outcome before this one was; null when there is none. */
  unsettledSince: number | null;
}

/**
 * Leases the batch, freezing it the first time, and notes before the attempt that its outcome is not known: a process
 * that dies from here on leaves a row that says so.
 */
function beginAttempt(ctx: Context, batchId: number): Promise<Attempt | null> {
  return transaction(ctx, async (tx) => {
    const now = tx.clock();
    const leased = await leaseBatch(tx.db, batchId, now, now + tx.config.delivery.leaseMs);
    if (!leased || (await putOff(tx, leased)) || (await holdToWarmUp(tx, leased))) return null;
    const isFrozen = leased.frozen_at !== null;
    const members = isFrozen ? await findFrozen(tx.db, batchId) : await freezeBatch(tx, leased);
    const allowed = leased.digest_status !== "cancelled" && mayTry(ctx, leased);
    const begun = { unsettled_since: leased.unsettled_since ?? now, transport: tx.mailer.driver };
    const change = {
      ...(isFrozen ? {} : { frozen_at: now, token_key_id: tx.vault.tokenKeyId }),
      ...(allowed ? { ...begun, ...(await countHandedOver(tx, leased)) } : {}),
    };
    if (!isFrozen || allowed) await updateBatch(tx.db, batchId, change);
    return {
      batch: { ...leased, ...change },
      members,
      about: leased.digest_uid === null ? { mail: leased.uid } : { digest: leased.digest_uid },
      allowed,
      unsettledSince: leased.unsettled_since,
    };
  });
}
