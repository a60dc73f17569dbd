import { latestEventSeq } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { eventsFor, newEvents, seqsOf } from "./events.ts";
import { planJob } from "./jobs.ts";
import { audienceOf, type Digest, findDigest, lockDigest, replaceDigestEvents, updateDigest } from "./queries.ts";

/** The digest of this id. Throws `NotFoundError`. */
export async function getDigestRow(ctx: Context | TxContext, uid: string): Promise<Digest> {
  const digest = await findDigest(ctx.db, uid);
  if (!digest) throw new NotFoundError("There is no digest of that id.");
  return digest;
}

/**
 * Triggers a digest: at once, or at its `send_at` if that is still to come. Triggering again does nothing again. Throws
 * `ConflictError` when there is nothing to tell or the digest was cancelled.
 */
export async function sendDigest(ctx: Context, uid: string): Promise<Digest> {
  const digest = await getDigestRow(ctx, uid);
  if (digest.status === "cancelled") throw new ConflictError("This digest was cancelled; draft another one.");
  if (digest.status !== "draft") return digest;
  if ((await seqsOf(ctx, digest)).length === 0) {
    throw new ConflictError("There is nothing new to tell: no article event since the last edition.");
  }
  if (digest.send_at !== null && digest.send_at > ctx.clock()) {
    await updateDigest(ctx.db, digest.id, ["draft"], { status: "scheduled" });
  } else {
    await startDigest(ctx, digest.id);
  }
  return getDigestRow(ctx, uid);
}

/** Starts a drafted or scheduled digest: its events are fixed, and planning its audience begins. */
export function startDigest(ctx: Context | TxContext, digestId: number): Promise<void> {
  return transaction(ctx, async (tx) => {
    const digest = await lockDigest(tx.db, tx.engine, digestId);
    if (!digest || !["draft", "scheduled"].includes(digest.status)) return;
    const upto = digest.mode === "sequence" ? await latestEventSeq(tx.db) : null;
    const { seqs, from } = await (upto === null ? eventsFor(tx, digest) : newEvents(tx, audienceOf(digest), upto));
    await replaceDigestEvents(tx.db, digestId, seqs);
    await updateDigest(tx.db, digestId, ["draft", "scheduled"], {
      status: "sending",
      started_at: tx.clock(),
      upto_seq: upto,
      from_seq: upto === null ? null : from,
    });
    await nudge(tx, planJob(digestId));
  });
}
