import type { Context } from "../context.ts";
import { nudge } from "../db/transaction.ts";
import { pollSourceJob } from "./jobs.ts";
import { dueSources } from "./queries.ts";

const PAGE = 1000;

/** Nudges sources of which something is due: this is what polls them by the clock, and what finds lost jobs. */
export async function sweepSources(ctx: Context): Promise<void> {
  const ids = await dueSources(ctx.db, ctx.clock(), PAGE);
  await nudge(ctx, ids.map(pollSourceJob));
}
