import type { ProviderLimits } from "./mailer.ts";

const SHORTEST_MS = 250;
const USUAL_MS = 1000;
const LONGEST_MS = 3_600_000;

/** Header names in lower case to values; null when there was no answer. */
export type AnswerHeaders = Readonly<Record<string, string>> | null;

/** The rate limit an answer tells: `ratelimit-limit`, and the window of `ratelimit-policy` (`5;w=1`, seconds). */
export function limitsIn(headers: AnswerHeaders): ProviderLimits | undefined {
  const max = Number(headers?.["ratelimit-limit"]?.split(",")[0]);
  if (!(Number.isInteger(max) && max > 0)) return undefined;
  const window = Number(/;\s*w=([\d.]+)/.exec(headers?.["ratelimit-policy"] ?? "")?.[1] ?? 1);
  return { max, perMs: window > 0 ? window * 1000 : 1000 };
}

/** How long to be silent after a 429, milliseconds: `retry-after` (seconds or a date), else `ratelimit-reset`. */
export function silenceIn(headers: AnswerHeaders, now: number): number {
  const asked = afterMs(headers?.["retry-after"], now) ?? afterMs(headers?.["ratelimit-reset"], now) ?? USUAL_MS;
  return Math.min(LONGEST_MS, Math.max(SHORTEST_MS, asked));
}

/** How long nothing more is taken, milliseconds: the answer spent the last request of its window. */
export function restIn(headers: AnswerHeaders, now: number): number | undefined {
  if (headers?.["ratelimit-remaining"]?.trim() !== "0") return undefined;
  const wait = afterMs(headers["ratelimit-reset"], now);
  return wait === undefined ? undefined : Math.min(LONGEST_MS, Math.max(SHORTEST_MS, wait));
}

function afterMs(value: string | undefined, now: number): number | undefined {
  if (value === undefined || value.trim() === "") return undefined;
  const wait = /^\s*[\d.]+\s*$/.test(value) ? Number(value) * 1000 : Date.parse(value) - now;
  return Number.isFinite(wait) ? wait : undefined;
}
