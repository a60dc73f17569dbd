import type { Context } from "../context.ts";
import { deleteMarks, firstMark, insertMark } from "./pace-queries.ts";

/** Between two marks of one process. */
const MARK_MS = 5_000;
/** The pace is that of the last minute. */
const WINDOW_MS = 60_000;
/** A shorter time says nothing. */
const SHORTEST_MS = 1_000;

/** When this process last marked each digest. Held by the vault of its context, gone with it. */
const marked = new WeakMap<Context["vault"], Map<number, number>>();

/** Marks a digest's progress, at most every few seconds in one process: a batch costs a look into a map. */
export async function markPace(ctx: Context, digestId: number): Promise<void> {
  const now = ctx.clock();
  const last = marked.get(ctx.vault) ?? new Map<number, number>();
  marked.set(ctx.vault, last);
  if (now - (last.get(digestId) ?? Number.NEGATIVE_INFINITY) < MARK_MS) return;
  last.set(digestId, now);
  await insertMark(ctx.db, digestId, now, now - 2 * WINDOW_MS);
}

/** Starts measuring anew: after a pause, what was before it says nothing. */
export async function restartPace(ctx: Pick<Context, "db" | "clock">, digestId: number): Promise<void> {
  await deleteMarks(ctx.db, digestId);
  await insertMark(ctx.db, digestId, ctx.clock(), 0);
}

/** Messages handed over a second within the last minute, `handed` in all; null while that cannot be said. */
export async function paceOf(
  ctx: Pick<Context, "db" | "clock">,
  digestId: number,
  handed: number,
): Promise<number | null> {
  const now = ctx.clock();
  const mark = await firstMark(ctx.db, digestId, now - WINDOW_MS, now - SHORTEST_MS, handed);
  return mark === undefined ? null : ((handed - mark.handed) * 1000) / (now - mark.at);
}
