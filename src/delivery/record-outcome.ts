import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { SendOutcome } from "../mail/mailer.ts";
import type { JobOutcome } from "../queue/queue.ts";
import { type Batch, releaseBatch } from "./batch-queries.ts";
import type { Attempt } from "./deliver-batch.ts";
import { dropAddresses, memberIds, noteAccepted } from "./delivery-queries.ts";
import { finishDigestIfDone } from "./digest-queries.ts";
import type { FrozenMessage } from "./frozen-messages.ts";
import { pauseSending } from "./pause-sending.ts";
import { splitBatch } from "./split-batch.ts";
import { move } from "./tally.ts";

const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** How long single mails rest when the provider refuses everything. */
const HALT_MS = 5 * 60_000;

type Outcome<K extends SendOutcome["kind"]> = Extract<SendOutcome, { kind: K }>;

/** Writes down what became of an attempt, and says when the batch wants its next one. */
export function recordOutcome(
  ctx: Context,
  attempt: Attempt,
  messages: FrozenMessage[],
  outcome: SendOutcome,
): Promise<JobOutcome> {
  const { batch } = attempt;
  switch (outcome.kind) {
    case "accepted":
      return accepted(ctx, batch, messages, outcome);
    case "retry":
      return requeue(ctx, attempt, outcome.reason, outcome.afterMs, { again: outcome.afterMs });
    case "throttle":
      return requeue(ctx, attempt, outcome.reason, outcome.afterMs, { throttle: outcome.afterMs });
    case "halt":
      return halt(ctx, attempt, outcome);
    case "refused":
      return messages.length === 1 ? fail(ctx, batch, outcome.reason) : split(ctx, batch, messages, outcome.reason);
    case "mismatch":
      return giveUp(ctx, batch, outcome.reason);
    case "unknown":
      return retryUnknown(ctx, attempt, outcome.reason);
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
    ctx.log.error({ batch: batch.uid, reason }, "the outcome of a batch is not known; a person must decide");
    await moveAll(tx, batch, "unknown", reason);
    await close(tx, batch, { status: "unknown", reason });
    return undefined;
  });
}

async function accepted(ctx: Context, batch: Batch, messages: FrozenMessage[], { ids, limits }: Outcome<"accepted">) {
  await transaction(ctx, async (tx) => {
    const taken = messages.map(({ deliveryId }, place) => ({ id: deliveryId, providerId: ids[place] ?? "" }));
    await move(tx, { digestId: batch.digest_id, ids: taken.map((one) => one.id), to: "submitted" });
    await noteAccepted(tx.db, taken, tx.clock());
    await close(tx, batch, { status: "settled", unsettled_since: null });
  });
  if (limits) await ctx.queue.limit("send", limits.max, limits.perMs);
  return undefined;
}

/** Certainly not taken: the batch waits and comes back with the same bytes. */
function requeue(ctx: Context, attempt: Attempt, reason: string, afterMs: number, then: JobOutcome) {
  return transaction(ctx, async (tx) => {
    await releaseBatch(tx.db, attempt.batch.id, {
      status: "queued",
      reason,
      unsettled_since: attempt.unsettledSince,
      next_attempt_at: tx.clock() + afterMs,
    });
    return then;
  });
}

/** Perhaps taken: the same bytes under the same key cannot double it while the provider remembers the key. */
function retryUnknown(ctx: Context, attempt: Attempt, reason: string): Promise<JobOutcome> {
  const { batch } = attempt;
  if (ctx.mailer.keyLifeMs === 0) return giveUp(ctx, batch, reason);
  const afterMs = backoff(batch.attempts);
  const since = attempt.unsettledSince ?? ctx.clock();
  return requeue(ctx, { ...attempt, unsettledSince: since }, reason, afterMs, { again: afterMs });
}

/** Exponential with full jitter: many batches that failed together do not come back together. */
function backoff(attempts: number): number {
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(ceiling * (0.5 + Math.random() / 2));
}

/** Nothing will be taken until a person acts: everything that goes out stops, with the provider's reason. */
async function halt(ctx: Context, attempt: Attempt, { reason }: Outcome<"halt">): Promise<JobOutcome> {
  ctx.log.error({ reason }, "the mail provider refuses everything; sending stops until a person acts");
  await pauseSending(ctx, reason);
  return requeue(ctx, attempt, reason, HALT_MS, attempt.batch.digest_id === null ? { again: HALT_MS } : undefined);
}

function fail(ctx: Context, batch: Batch, reason: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    await moveAll(tx, batch, "failed", reason);
    await close(tx, batch, { status: "settled", reason });
    return undefined;
  });
}

/** One message spoils the batch: halves are tried until it stands alone. */
function split(ctx: Context, batch: Batch, messages: FrozenMessage[], reason: string): Promise<undefined> {
  return transaction(ctx, async (tx) => {
    if (!(await releaseBatch(tx.db, batch.id, { status: "split", reason, settled_at: tx.clock() }))) return undefined;
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

async function close(tx: TxContext, batch: Batch, change: Parameters<typeof releaseBatch>[2]): Promise<void> {
  if (!(await releaseBatch(tx.db, batch.id, { ...change, settled_at: tx.clock() }))) return;
  if (change.status === "settled") await dropAddresses(tx.db, batch.id);
  if (batch.digest_id !== null) await finishDigestIfDone(tx.db, batch.digest_id, tx.clock());
}
