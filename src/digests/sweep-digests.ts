import type { Context } from "../context.ts";
import { nudge, transaction } from "../db/transaction.ts";
import { finishIfDone } from "../delivery/index.ts";
import { planJob } from "./jobs.ts";
import { digestsToAdvance } from "./queries.ts";
import { startDigest } from "./send-digest.ts";

/** Starts scheduled digests whose time has come, plans on where planning stopped, and declares finished ones sent. */
export async function sweepDigests(ctx: Context): Promise<void> {
  for (const digest of await digestsToAdvance(ctx.db, ctx.clock())) {
    if (digest.status === "scheduled") await startDigest(ctx, digest.id);
    else if (digest.planned_at === null) await nudge(ctx, planJob(digest.id));
    else await transaction(ctx, (tx) => finishIfDone(tx, digest.id));
  }
}
