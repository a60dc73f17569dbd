import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import { acknowledgeRates, finishIfDone, nudgeQueued, restartPace, skipQueued } from "../delivery/index.ts";
import { ConflictError } from "../errors.ts";
import { planJob } from "./jobs.ts";
import { type Digest, updateDigest } from "./queries.ts";
import { getDigestRow } from "./send-digest.ts";
import type { DigestStatus } from "./words.ts";

/** Stops a digest at the next batch. Pausing a paused one does nothing. Throws `ConflictError` when it is not under way. */
export function pauseDigest(ctx: Context, uid: string, reason = "paused by an editor"): Promise<Digest> {
  return change(ctx, uid, ["sending"], { status: "paused", reason });
}

/**
 * Goes on with a paused digest. Rates of bounces and complaints that are too high at this moment count as seen: only
 * when one has doubled does the digest pause by itself again. Throws `ConflictError` when it is not under way.
 */
export async function resumeDigest(ctx: Context, uid: string): Promise<Digest> {
  const digest = await transaction(ctx, (tx) => goOn(tx, uid));
  if (digest.planned_at === null) await nudge(ctx, planJob(digest.id));
  await nudgeQueued(ctx, digest.id);
  await transaction(ctx, (tx) => finishIfDone(tx, digest.id));
  return digest;
}

/** Ends a digest for good; what was not yet handed over never is, and the next edition tells it. */
export async function cancelDigest(ctx: Context, uid: string): Promise<Digest> {
  return transaction(ctx, async (tx) => {
    const digest = await getDigestRow({ ...ctx, db: tx.db }, uid);
    const open: DigestStatus[] = ["draft", "scheduled", "sending", "paused"];
    const done = await updateDigest(tx.db, digest.id, open, {
      status: "cancelled",
      reason: "cancelled by an editor",
      finished_at: tx.clock(),
    });
    if (!done && digest.status !== "cancelled")
      throw new ConflictError(`A digest that is ${digest.status} cannot be cancelled.`);
    if (done) await skipQueued(tx, digest, "cancelled");
    return { ...digest, status: "cancelled" };
  });
}

async function goOn(tx: TxContext, uid: string): Promise<Digest> {
  const { id, status } = await getDigestRow(tx, uid);
  const digest = await change(tx, uid, ["paused"], { status: "sending", reason: null });
  if (status !== "paused") return digest;
  await acknowledgeRates(tx, id);
  await restartPace(tx, id);
  return digest;
}

async function change(
  ctx: Context | TxContext,
  uid: string,
  from: DigestStatus[],
  to: { status: DigestStatus; reason: string | null },
): Promise<Digest> {
  const digest = await getDigestRow(ctx, uid);
  if (await updateDigest(ctx.db, digest.id, from, to)) return { ...digest, ...to };
  if (digest.status === to.status) return digest;
  throw new ConflictError(`A digest that is ${digest.status} cannot become ${to.status}.`);
}
