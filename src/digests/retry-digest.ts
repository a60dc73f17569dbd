import { holdArticles } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { retryFailed } from "../delivery/index.ts";
import { ConflictError } from "../errors.ts";
import { correctionsCarriedBy, type Digest, kindOf, lockDigest, updateDigest } from "./queries.ts";
import { replaceWrongOf } from "./replace-wrong.ts";
import { getDigestRow } from "./send-digest.ts";

/**
 * Sends a digest again to those whose delivery failed, and to nobody else; with what was corrected since. Throws `ConflictError` for one that was
 * never sent or was cancelled. Gives how many there are.
 */
export async function retryDigest(ctx: Context, uid: string): Promise<{ retried: number }> {
  const digest = await getDigestRow(ctx, uid);
  for (;;) {
    await replaceWrongOf(ctx, digest);
    const result = await retry(ctx, digest);
    if (result) return result;
  }
}

/** Null: something of it was corrected a moment ago, and gives way first. */
function retry(ctx: Context, digest: Digest): Promise<{ retried: number } | null> {
  return transaction(ctx, async (tx) => {
    await holdArticles(tx);
    if (digest.mode !== "correction" && (await correctionsCarriedBy(tx.db, digest.id)).size > 0) return null;
    const { status } = (await lockDigest(tx.db, tx.engine, digest.id)) ?? digest;
    if (!["sending", "paused", "sent"].includes(status)) {
      throw new ConflictError(`A digest that is ${status} has no failed deliveries to send again.`);
    }
    const retried = await retryFailed(tx, digest.id, kindOf(digest));
    if (retried > 0) await updateDigest(tx.db, digest.id, ["sent"], { status: "sending", finished_at: null });
    return { retried };
  });
}
