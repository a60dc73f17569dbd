import type { Context } from "../context.ts";
import { paceOf, sayUsedUp, type WarmUp, warmUpToday } from "../delivery/index.ts";
import type { DigestCounts } from "./get-digest.ts";
import type { Digest } from "./queries.ts";

/** How fast a digest goes out, and until when; only while it is being sent. */
export interface Estimate {
  /** Messages handed over a second in the last minute; left out while that cannot be said. */
  perSecond?: number;
  /** Until the last is handed over: at that rate, and within the ceilings of a warm-up. Once the audience is known. */
  secondsLeft?: number;
  /** RFC 3339, UTC: nothing of it goes out before; `waitingReason` says why. */
  waitingUntil?: string;
  waitingReason?: string;
}

/** What the last minute says of a digest that is being sent. The provider's own limit is in it: it is what it takes. */
export async function estimateOf(ctx: Context, digest: Digest, counts: DigestCounts): Promise<Estimate> {
  const { submitted, delivered, bounced, complained, failed, unknown, queued } = counts;
  const handed = submitted + delivered + bounced + complained + failed + unknown;
  const pace = await paceOf(ctx, digest.id, handed);
  const warmUp = await warmUpToday(ctx);
  const left = digest.planned_at === null ? null : secondsLeft(queued, pace, warmUp, ctx.clock());
  return {
    ...(pace === null ? {} : { perSecond: Math.round(pace * 10) / 10 }),
    ...(left === null ? {} : { secondsLeft: left }),
    ...(warmUp !== null && queued > 0 && warmUp.handed >= warmUp.ceiling
      ? { waitingUntil: new Date(warmUp.nextAt).toISOString(), waitingReason: sayUsedUp(warmUp) }
      : {}),
  };
}

const DAY_MS = 86_400_000;

/**
 * Until so many messages are handed over at a pace a second, within the ceilings of a warm-up. Null: it cannot be said.
 * Where days of waiting decide, an unknown pace is no hindrance.
 */
export function secondsLeft(queued: number, pace: number | null, warmUp: WarmUp | null, now: number): number | null {
  if (queued === 0) return 0;
  const seconds = (count: number) => (pace === null || pace <= 0 ? null : count / pace);
  const today = warmUp === null ? queued : Math.max(0, warmUp.ceiling - warmUp.handed);
  if (warmUp === null || queued <= today) return ceil(seconds(queued));
  let rest = queued - today;
  let day = 0;
  for (; day < warmUp.next.length && rest > (warmUp.next[day] ?? 0); day += 1) rest -= warmUp.next[day] ?? 0;
  return ceil((warmUp.nextAt + day * DAY_MS - now) / 1000 + (seconds(rest) ?? 0));
}

function ceil(seconds: number | null): number | null {
  return seconds === null ? null : Math.ceil(seconds);
}
