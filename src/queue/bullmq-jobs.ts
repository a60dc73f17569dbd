import type { JobsOptions } from "bullmq";
import type { BullLane } from "./bullmq.ts";
import { type AddOptions, DEFAULT_PRIORITY, type Job } from "./queue.ts";
import { JITTER, RETRIES, type Retries } from "./retries.ts";

/** Ids may hold no colon and not be a number alone. */
export function idOf(job: Job): string {
  return `${job.name}-${job.key}`;
}

/** A job as BullMQ takes it. */
export function toBullJob(job: Job, retries: Partial<Retries>, addOptions: AddOptions) {
  return { name: job.name, data: { key: job.key }, opts: { ...jobOptions(retries, addOptions), jobId: idOf(job) } };
}

/** Finished jobs are removed at once, which frees their id for the next nudge. */
export function jobOptions(retries: Partial<Retries>, { delayMs, priority }: AddOptions): JobsOptions {
  return {
    attempts: retries.attempts ?? RETRIES.attempts,
    backoff: { type: "exponential", delay: retries.backoffMs ?? RETRIES.backoffMs, jitter: JITTER },
    removeOnComplete: true,
    removeOnFail: true,
    stackTraceLimit: 0,
    priority: priority ?? DEFAULT_PRIORITY,
    ...(delayMs ? { delay: delayMs } : {}),
  };
}

/** What waits in a lane, is delayed and under way. */
export async function depthOf({ queue }: BullLane) {
  const counts = await queue.getJobCounts("waiting", "prioritized", "delayed", "active");
  const waiting = (counts.waiting ?? 0) + (counts.prioritized ?? 0);
  return { waiting, delayed: counts.delayed ?? 0, active: counts.active ?? 0 };
}
