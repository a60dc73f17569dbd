import type { Context } from "../context.ts";
import { nudge } from "../db/transaction.ts";
import { takeRequestJob } from "./jobs.ts";
import { waitingRequests } from "./queries.ts";

/** Younger requests have their own job under way. */
const YOUNGEST_MS = 3_000;
const PAGE = 1000;

/** Nudges sign-ups that no job looks after: taken while the queue was out of reach, or lost with it. */
export async function sweepRequests(ctx: Context): Promise<void> {
  const ids = await waitingRequests(ctx.db, ctx.clock() - YOUNGEST_MS, PAGE);
  await nudge(ctx, ids.map(takeRequestJob), { priority: 1 });
}
