import type { Context } from "../context.ts";
import type { JobOutcome } from "../queue/queue.ts";
import { nextDuePage } from "./page-queries.ts";
import { claimSource, releaseSource, type Source, updateSource } from "./queries.ts";
import { type Reading, readSource } from "./read-source.ts";
import { recordFailure } from "./record-failure.ts";
import { recordReading } from "./record-reading.ts";
import { takePage } from "./take-page.ts";

/** Longer than reading an index of sitemaps may take; a worker that dies costs this much time. */
export const LEASE_MS = 150_000;

/**
 * Takes a source one step further: reads its list when that is due, else looks at the page that has been due for
 * longest. Safe to call at any time, from any process: a source that another worker holds is left alone. The outcome
 * says when to take the next step; the pause between steps is the manners towards its host.
 */
export async function pollSource(ctx: Context, sourceId: number): Promise<JobOutcome> {
  const now = ctx.clock();
  const source = await claimSource(ctx.db, sourceId, now, now + LEASE_MS);
  if (!source) return undefined;
  const worked = listIsDue(ctx, source) ? await readList(ctx, source) : await lookAtOne(ctx, source);
  const left = await releaseSource(ctx.db, source);
  if (left?.status !== "active") return undefined;
  if (listIsDue(ctx, left) || (await duePage(ctx, left)) !== undefined) return { again: ctx.config.sources.pauseMs };
  if (worked) await updateSource(ctx.db, left.uid, { polled_at: ctx.clock() });
  return undefined;
}

function listIsDue(ctx: Context, { next_poll_at }: Source): boolean {
  return next_poll_at !== null && next_poll_at <= ctx.clock();
}

async function readList(ctx: Context, source: Source): Promise<boolean> {
  let reading: Reading;
  try {
    reading = await readSource(ctx, source);
  } catch (error) {
    await recordFailure(ctx, source, error);
    return true;
  }
  await recordReading(ctx, source, reading, 0);
  return true;
}

async function lookAtOne(ctx: Context, source: Source): Promise<boolean> {
  const page = await duePage(ctx, source);
  return page !== undefined && (await takePage(ctx, source, page)) !== null;
}

/** None while its host rests. */
async function duePage(ctx: Context, { id, rest_until }: Source): Promise<number | undefined> {
  const now = ctx.clock();
  return rest_until !== null && rest_until > now ? undefined : nextDuePage(ctx.db, id, now);
}
