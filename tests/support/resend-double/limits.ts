import { failure, type Reply } from "./reply.ts";
import type { Settings } from "./settings.ts";

const DAY_MS = 86_400_000;

/** The provider's rate limit and quotas. */
export interface Limits {
  /** Counts one request; a 429 when it is one too many. The headers go on every answer. */
  request(settings: Settings): { refusal: Reply | null; headers: Record<string, string> };
  /** A 429 when that many recipients are more than a quota has left. */
  quota(settings: Settings, recipients: number): Reply | null;
  /** Counts recipients against the quotas. */
  spend(recipients: number): void;
  clear(): void;
}

export function createLimits(clock: () => number): Limits {
  let window = { start: 0, used: 0 };
  let spent = { day: -1, month: "", today: 0, thisMonth: 0 };
  const turn = () => {
    const [day, month] = [Math.floor(clock() / DAY_MS), new Date(clock()).toISOString().slice(0, 7)];
    if (month !== spent.month) spent = { day, month, today: 0, thisMonth: 0 };
    if (day !== spent.day) spent = { ...spent, day, today: 0 };
    return spent;
  };
  return {
    request: ({ rateLimit }) => {
      if (!rateLimit) return { refusal: null, headers: {} };
      const now = clock();
      if (now - window.start >= rateLimit.perMs) window = { start: now, used: 0 };
      window.used++;
      const resetMs = window.start + rateLimit.perMs - now;
      const headers = rateHeaders(rateLimit, Math.max(0, rateLimit.max - window.used), resetMs);
      return { refusal: window.used > rateLimit.max ? tooMany(rateLimit, resetMs) : null, headers };
    },
    quota: ({ dailyQuota, monthlyQuota }, recipients) => {
      const { today, thisMonth } = turn();
      if (dailyQuota !== null && today + recipients > dailyQuota) return overQuota("daily");
      if (monthlyQuota !== null && thisMonth + recipients > monthlyQuota) return overQuota("monthly");
      return null;
    },
    spend: (recipients) => {
      const now = turn();
      now.today += recipients;
      now.thisMonth += recipients;
    },
    clear: () => {
      window = { start: 0, used: 0 };
      spent = { day: -1, month: "", today: 0, thisMonth: 0 };
    },
  };
}

function rateHeaders(limit: { max: number; perMs: number }, remaining: number, resetMs: number) {
  return {
    "ratelimit-limit": String(limit.max),
    "ratelimit-policy": `${limit.max};w=${limit.perMs / 1000}`,
    "ratelimit-remaining": String(remaining),
    "ratelimit-reset": String(Math.ceil(resetMs / 1000)),
  };
}

function tooMany(limit: { max: number; perMs: number }, resetMs: number): Reply {
  const message = `Too many requests. You can only make ${limit.max} requests per ${limit.perMs / 1000} seconds.`;
  return failure(429, "rate_limit_exceeded", message, { "retry-after": String(Math.ceil(resetMs / 1000)) });
}

function overQuota(span: "daily" | "monthly"): Reply {
  return failure(429, `${span}_quota_exceeded`, `You have reached your ${span} email quota.`);
}
