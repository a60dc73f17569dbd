import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { DAY_MS } from "./limit.ts";
import { deleteOldHits, stalePending } from "./queries.ts";
import { forgetRequest } from "./refuse-request.ts";

/** An unconfirmed request is kept this long, then forgotten. */
const PENDING_DAYS = 30;
const PAGE = 500;

/** Forgets requests that were never confirmed and counts that no limit needs any more. Gives how many requests went. */
export async function purge(ctx: Context): Promise<number> {
  await deleteOldHits(ctx.db, ctx.clock() - DAY_MS);
  return transaction(ctx, async (tx) => {
    const stale = await stalePending(tx.db, tx.clock() - PENDING_DAYS * DAY_MS, PAGE);
    for (const subscriber of stale) await forgetRequest(tx, subscriber);
    return stale.length;
  });
}
