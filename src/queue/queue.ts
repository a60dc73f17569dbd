/**
 * The queue port. Rows are the truth, a job is a nudge: it names the row that it wants advanced and carries
 * nothing else, so a job added twice is one job, and a lost job is found again by the sweep.
 */

/** What each kind of job advances. `send` jobs share the mail provider's rate limit; `fetch` jobs wait for other people's servers, and nobody should wait for them. */
export const JOBS = {
  "take-request": "work",
  "build-digests": "work",
  "plan-digest": "work",
  "apply-event": "work",
  "poll-source": "fetch",
  "post-alert": "fetch",
  sweep: "work",
  "deliver-batch": "send",
  "editor-mail": "send",
} as const satisfies Record<string, Lane>;

export type JobName = keyof typeof JOBS;
export const LANES = ["send", "work", "fetch"] as const;
export type Lane = (typeof LANES)[number];

/** One value for each lane. */
export function byLane<T>(of: (lane: Lane) => T): Record<Lane, T> {
  return { send: of("send"), work: of("work"), fetch: of("fetch") };
}

/** One nudge: `key` is the id of the row (or a fixed word for a job without a row). */
export interface Job {
  name: JobName;
  key: string;
}

/** The priority of a job that names none. */
export const DEFAULT_PRIORITY = 10;

export interface AddOptions {
  /** Wait at least this many milliseconds. Default 0. */
  delayMs?: number;
  /** Lower runs earlier within a lane: 1 for mail a person waits for, 10 for editions. Default 10. */
  priority?: number;
}

/**
 * What a handler says about its job when it did not throw. Nothing: done. `again`: run this same job after so many
 * milliseconds. `throttle`: the provider asked for silence; the whole lane rests that long, then this job runs again,
 * and neither counts as a failed attempt. `rest`: done, and the lane rests that long. A thrown error is retried with jittered exponential backoff, then dropped
 * (the sweep will find the row).
 */
export type JobOutcome = undefined | { again: number } | { throttle: number } | { rest: number };

export type JobHandler = (key: string) => Promise<JobOutcome>;
export type JobHandlers = Record<JobName, JobHandler>;

export interface WorkOptions {
  /** Jobs of one lane under way at once in this process. */
  concurrency: Record<Lane, number>;
  /** Told of every error a handler threw, with the job and whether it will be tried again. */
  onError: (error: unknown, job: Job, willRetry: boolean) => void;
}

/** A running consumer. `close` stops taking jobs and waits for those under way. */
export interface QueueWorker {
  close(): Promise<void>;
}

export interface Queue {
  readonly driver: "memory" | "redis" | "postgres";
  /** Adds a job. While a job of the same name and key waits or runs, adding it again does nothing. */
  add(job: Job, options?: AddOptions): Promise<void>;
  addMany(jobs: Job[], options?: AddOptions): Promise<void>;
  /**
   * Declares a job that runs at once and then every so many milliseconds; declaring it again changes nothing or its
   * interval. Survives `FLUSHALL` by being re-declared. With a server, a scheduled run may meet an added one.
   */
  schedule(job: Job, everyMs: number): Promise<void>;
  /** At most `max` jobs of the lane start per `perMs` milliseconds, over all processes. */
  limit(lane: Lane, max: number, perMs: number): Promise<void>;
  /** Starts consuming. Call once per process. */
  work(handlers: JobHandlers, options: WorkOptions): Promise<QueueWorker>;
  /** Jobs waiting, delayed and running, for operators. */
  depth(): Promise<Record<Lane, { waiting: number; delayed: number; active: number }>>;
  /** Throws when the queue cannot be reached. */
  ping(): Promise<void>;
  close(): Promise<void>;
}
