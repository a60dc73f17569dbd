import { type Job as BullJob, DelayedError, type IQueueBackend, UnrecoverableError, Worker } from "bullmq";
import type { BullLane } from "./bullmq.ts";
import type { Backend } from "./bullmq-backend.ts";
import { JOBS, type Job, type JobHandlers, type JobName, type JobOutcome, type WorkOptions } from "./queue.ts";

/**
 * A killed worker's job returns within about 20 seconds: its lock is renewed at half of its time, and looked for every
 * five seconds. Shorter, and a process busy in a long synchronous query would lose jobs that it still does.
 */
const LOCK_MS = 15_000;
const STALLED_CHECK_MS = 5_000;
/** BullMQ counts deaths of workers against the job; here the row decides what may be done twice. */
const STALLED_AT_MOST = 1000;

export interface LaneWork {
  backend: Backend;
  lane: BullLane;
  concurrency: number;
  handlers: JobHandlers;
  options: WorkOptions;
  onError: (error: unknown) => void;
}

/**
 * Consumes one lane, once its connection stands: a worker of BullMQ's that starts while PostgreSQL is out of reach keeps
 * that refusal for ever and spins. Throws when the server does not answer.
 */
export async function workLane({ backend, lane, concurrency, handlers, options, onError }: LaneWork): Promise<Worker> {
  const run = async (bullJob: BullJob, token?: string) => {
    const job = jobOf(bullJob);
    const outcome = await attempt(bullJob, job, handlers, options);
    if (outcome && "rest" in outcome) await rest(lane, outcome.rest);
    else if (outcome) await postpone(bullJob, lane, outcome, token);
  };
  const worker = new Worker<{ key: string }, void, string, IQueueBackend, never, unknown>(
    lane.name,
    run,
    {
      autorun: false,
      connection: {},
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_CHECK_MS,
      maxStalledCount: STALLED_AT_MOST,
    },
    backend.factory,
  );
  worker.on("error", onError);
  try {
    await worker.waitUntilReady();
  } catch (error) {
    await worker.close(true);
    throw error;
  }
  worker.run().catch(onError);
  return worker as unknown as Worker;
}

function jobOf(bullJob: BullJob): Job {
  return { name: bullJob.name as JobName, key: String(bullJob.data.key) };
}

/** Runs the handler. What it threw goes to `onError` only: the queue's server learns no reason. */
async function attempt(bullJob: BullJob, job: Job, handlers: JobHandlers, options: WorkOptions): Promise<JobOutcome> {
  if (!Object.hasOwn(JOBS, job.name)) {
    options.onError(new Error(`[queue] no job is called ${job.name}`), job, false);
    throw new UnrecoverableError("unknown job");
  }
  try {
    return await handlers[job.name](job.key);
  } catch (error) {
    options.onError(error, job, bullJob.attemptsMade + 1 < (bullJob.opts.attempts ?? 1));
    throw new Error("failed");
  }
}

/** Neither counts as an attempt: BullMQ knows both by the error that is thrown. */
async function postpone(
  bullJob: BullJob,
  lane: BullLane,
  outcome: { again: number } | { throttle: number },
  token?: string,
): Promise<never> {
  if ("again" in outcome) {
    await bullJob.moveToDelayed(Date.now() + outcome.again, token);
    throw new DelayedError();
  }
  await rest(lane, outcome.throttle);
  throw Worker.RateLimitError();
}

/** Lets the lane rest in all processes. A longer silence that another was asked for stays. */
async function rest(lane: BullLane, ms: number): Promise<void> {
  const left = await lane.queue.getRateLimitTtl();
  if (ms > left) await lane.queue.rateLimit(ms);
}
