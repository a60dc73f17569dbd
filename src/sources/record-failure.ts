import { AnswerError } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { AppError } from "../errors.ts";
import { type Source, settleList } from "./queries.ts";
import { hasFailedForLong } from "./status.ts";
import { askedWait, DAY_MS, isHostTrouble, waitAfter } from "./waits.ts";

/** A feed that is gone for good is looked for once in so long. */
const GONE_MS = 7 * DAY_MS;

/** Notes that a held source could not be read, and when to try again. Logs once that it has been failing for a day. */
export async function recordFailure(ctx: Context, held: Source, error: unknown): Promise<void> {
  const now = ctx.clock();
  const gone = error instanceof AnswerError && error.status === 410;
  const wait = gone ? GONE_MS : (askedWait(error, now) ?? waitAfter(held.failures + 1));
  const since = held.failing_since ?? now;
  await settleList(ctx.db, held, {
    read_at: now,
    failures: held.failures + 1,
    failing_since: gone ? null : since,
    gone_at: gone ? (held.gone_at ?? now) : held.gone_at,
    last_error: wordsOf(ctx, error, { source: held.uid }),
    next_poll_at: now + wait,
    rest_until: isHostTrouble(error) ? now + wait : null,
  });
  const before = hasFailedForLong(held, held.read_at ?? now);
  if (!gone && !before && hasFailedForLong({ failing_since: since }, now))
    ctx.log.warn({ source: held.uid, url: held.url }, "a source has been failing for a day");
}

const LONGEST_WORDS = 500;

/** What went wrong, for people; what nobody expected goes to the log. */
export function wordsOf(ctx: Context, error: unknown, about: Record<string, string>): string {
  if (error instanceof AppError) return error.message.slice(0, LONGEST_WORDS);
  ctx.log.error({ err: error, ...about }, "reading a source met an error that is not its own");
  return "An error of this installation; its log says more.";
}
