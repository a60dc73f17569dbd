import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { SendOutcome } from "../mail/mailer.ts";
import type { JobOutcome } from "../queue/queue.ts";
import { type Batch, releaseBatch } from "./batch-queries.ts";
import type { Attempt } from "./deliver-batch.ts";
import { dropAddresses, memberIds, noteAccepted } from "./delivery-queries.ts";
import { finishDigestIfDone } from "./digest-queries.ts";
import type { FrozenMessage } from "./frozen-messages.ts";
import { stopEverything } from "./pause-sending.ts";
import { splitBatch } from "./split-batch.ts";
import { move } from "./tally.ts";
import { judge, type Later, type Verdict } from "./verdict.ts";

/** Writes down what became of an attempt, and says when the batch wants its next one. */
export function recordOutcome(
  ctx: Context,
  attempt: Attempt,
  messages: FrozenMessage[],
  outcome: SendOutcome,
): Promise<JobOutcome> {
  const { batch, unsettledSince } = attempt;
  const verdict = judge(ctx, { attempts: batch.attempts, unsettledSince }, outcome);
  switch (verdict.kind) {
    case "accepted":
      return accepted(ctx, batch, messages, verdict);
    case "refused":
      return messages.length === 1 ? fail(ctx, batch, verdict.reason) : split(ctx, batch, messages, verdict.reason);
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
    if (!(await close(tx, batch, { status: "unknown", reason }))) return undefined;
    ctx.log.error({ batch: batch.uid, reason }, "the outcome of a batch is not known; a person must decide");
    await moveAll(tx, batch, "unknown", reason);
    return undefined;
  });
}

async function accepted(
  ctx: Context,
  batch: Batch,
  messages: FrozenMessage[],
  { ids, limits }: Extract<Verdict, { kind: "accepted" }>,
) {
  await transaction(ctx, async (tx) => {
    const taken = messages.map(({ deliveryId }, place) => ({ id: deliveryId, providerId: ids[place] ?? "" }));
    await move(tx, { digestId: batch.digest_id, ids: taken.map((one) => one.id), to: "submitted" });
    await noteAccepted(tx.db, taken, tx.clock());
    await close(tx, batch, { status: "settled", unsettled_since: null });
  });
  if (limits) await ctx.queue.limit("send", limits.max, limits.perMs);
  return undefined;
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

/** Single mails come back by themselves, digests when an editor resumes them. */
async function halt(ctx: Context, batch: Batch, later: Later): Promise<JobOutcome> {
  await stopEverything(ctx, later.reason);
  return requeue(ctx, batch, batch.digest_id === null ? later : { ...later, job: undefined });
}

function fail(ctx: Context, batch: Batch, reason: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    if (await close(tx, batch, { status: "settled", reason })) await moveAll(tx, batch, "failed", reason);
    return undefined;
  });
}

/** One message spoils the batch: halves are tried until it stands alone. */
function split(ctx: Context, batch: Batch, messages: FrozenMessage[], reason: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    if (!(await releaseBatch(tx.db, batch, { status: "split", reason, settled_at: tx.clock() }))) return undefined;
    await splitBatch(
      tx,
      batch,
      messages.map((one) => one.deliveryId),
    );
    return undefined;
  });
}

async function moveAll(tx: TxContext, batch: Batch, to: "failed" | "unknown", reason: string): Promise<void> {
  const ids = await memberIds(tx.db, batch.id);
  await move(tx, { digestId: batch.digest_id, ids, to, reason });
}

/** False: another worker took the batch over, and records what becomes of it. */
async function close(tx: TxContext, batch: Batch, change: Parameters<typeof releaseBatch>[2]): Promise<boolean> {
  if (!(await releaseBatch(tx.db, batch, { ...change, settled_at: tx.clock() }))) return false;
  if (change.status === "settled") await dropAddresses(tx.db, batch.id);
  if (batch.digest_id !== null) await finishDigestIfDone(tx.db, batch.digest_id, tx.clock());
  return true;
}
