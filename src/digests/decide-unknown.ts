import { holdArticles } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import {
  findBatchByUid,
  findDecision,
  findEditorMailByUid,
  insertDecision,
  settleUnknownBatch,
  settleUnknownMail,
  type UnknownDecision,
} from "../delivery/index.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { findDigestById, lockDigest } from "./queries.ts";
import { replaceWrongOf } from "./replace-wrong.ts";

export interface Decided {
  decision: UnknownDecision;
  /** Messages that it was done to; fewer than were waiting when notices came meanwhile. */
  count: number;
}

/**
 * Does what a person decided of messages whose outcome is not known, and notes who did. Deciding the same again answers
 * the same and does nothing. `by` is the editor's number or `bootstrap`. Throws `NotFoundError`, and `ConflictError` for
 * what was decided otherwise, what a notice settled, and a cancelled digest that should be sent again.
 */
export async function decideUnknown(
  ctx: Context,
  uid: string,
  { decision, by }: { decision: UnknownDecision; by: string },
): Promise<Decided> {
  if (decision === "send-again") await giveWayToCorrections(ctx, uid);
  return transaction(ctx, async (tx) => {
    await holdArticles(tx);
    const count = await settle(tx, uid, decision);
    if (count === null) return decidedBefore(tx, uid, decision);
    await insertDecision(tx.db, { uid, decision, count, decided_by: by, decided_at: tx.clock() });
    tx.log.info({ unknown: uid, decision, count, editor: by }, "an editor decided what is not known");
    return { decision, count };
  });
}

/** What of it was corrected since is not told again. */
async function giveWayToCorrections(ctx: Context, uid: string): Promise<void> {
  const batch = await findBatchByUid(ctx.db, uid);
  const digest = batch?.digest_id ? await findDigestById(ctx.db, batch.digest_id) : undefined;
  if (digest) await replaceWrongOf(ctx, digest);
}

/** Null: it does not wait any more. */
async function settle(tx: TxContext, uid: string, decision: UnknownDecision): Promise<number | null> {
  const batch = await findBatchByUid(tx.db, uid);
  if (batch) {
    const digest = batch.digest_id === null ? undefined : await lockDigest(tx.db, tx.engine, batch.digest_id);
    if (decision === "send-again" && digest?.status === "cancelled" && batch.status === "unknown") {
      throw new ConflictError("The digest was cancelled; nothing of it is sent again.");
    }
    return settleUnknownBatch(tx, batch, decision);
  }
  const mail = await findEditorMailByUid(tx.db, uid);
  if (mail) return settleUnknownMail(tx, mail, decision);
  if (await findDecision(tx.db, uid)) return null;
  throw new NotFoundError("There is no such batch.");
}

async function decidedBefore(tx: TxContext, uid: string, decision: UnknownDecision): Promise<Decided> {
  const before = await findDecision(tx.db, uid);
  if (!before) throw new ConflictError("Its outcome is known, or is not given up yet.");
  if (before.decision !== decision) throw new ConflictError(`It was decided before: ${before.decision}.`);
  return { decision, count: before.count };
}
