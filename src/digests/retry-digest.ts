import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { retryFailed } from "../delivery/index.ts";
import { ConflictError } from "../errors.ts";
import { kindOf, lockDigest, updateDigest } from "./queries.ts";
import { replaceWrongOf } from "./replace-wrong.ts";
import { getDigestRow } from "./send-digest.ts";

/**
 * Sends a digest again to those whose delivery failed, and to nobody else; with what was corrected since. Throws `ConflictError` for one that was
 * never sent or was cancelled. Gives how many there are.
 */
export async function retryDigest(ctx: Context, uid: string): Promise<{ retried: number }> {
  const digest = await getDigestRow(ctx, uid);
  await replaceWrongOf(ctx, digest);
  return transaction(ctx, async (tx) => {
    const { status } = (await lockDigest(tx.db, tx.engine, digest.id)) ?? digest;
    if (!["sending", "paused", "sent"].includes(status)) {
      throw new ConflictError(`A digest that is ${status} has no failed deliveries to send again.`);
    }
    const retried = await retryFailed(tx, digest.id, kindOf(digest));
    if (retried > 0) await updateDigest(tx.db, digest.id, ["sent"], { status: "sending", finished_at: null });
    return { retried };
  });
}
