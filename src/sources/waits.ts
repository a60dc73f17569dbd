import { AnswerError, UnfitError } from "../articles/index.ts";
import { UnavailableError } from "../errors.ts";

const MINUTE_MS = 60_000;
export const HOUR_MS = 60 * MINUTE_MS;
export const DAY_MS = 24 * HOUR_MS;

const FIRST_MS = 5 * MINUTE_MS;
const LONGEST_MS = 4 * HOUR_MS;
/** The part of each wait that is left to chance. */
const JITTER = 0.5;

/** Milliseconds until the next try after the `failures`-th failure in a row (1 is the first). */
export function waitAfter(failures: number): number {
  const longest = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(failures - 1, 16));
  return Math.floor(longest * (1 - JITTER * Math.random()));
}

const LEAST_ASKED_MS = MINUTE_MS;

/** How long a server that is overloaded asked for (RFC 9110, 10.2.3), from a minute to a day; null when it did not. */
export function askedWait(error: unknown, now: number): number | null {
  if (!(error instanceof AnswerError) || ![429, 503].includes(error.status)) return null;
  const text = error.retryAfter?.trim() ?? "";
  const wait = /^\d{1,9}$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isNaN(wait) ? null : Math.min(DAY_MS, Math.max(LEAST_ASKED_MS, wait));
}

/** Whether it is the host that fails, so that its other pages would too. */
export function isHostTrouble(error: unknown): boolean {
  if (error instanceof AnswerError) return error.status >= 500 || error.status === 429;
  return error instanceof UnavailableError && !(error instanceof UnfitError);
}
