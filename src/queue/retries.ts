/** How a job whose handler threw is tried again. */
export interface Retries {
  /** Runs in all, the first one included; then the job is dropped and the sweep finds its row. */
  attempts: number;
  /** Milliseconds before the second run; doubles with each one after. */
  backoffMs: number;
}

/** Six runs spread over about half a minute: long enough for a restart next door, short enough for the sweep. */
export const RETRIES: Retries = { attempts: 6, backoffMs: 1000 };

/** The part of each delay that is left to chance, so that jobs that failed together do not return together. */
export const JITTER = 0.5;

/** Milliseconds to wait after the `failures`-th failure (1 is the first). */
export function backoff(retries: Retries, failures: number): number {
  const longest = retries.backoffMs * 2 ** (failures - 1);
  return Math.floor(longest * (1 - JITTER * Math.random()));
}
