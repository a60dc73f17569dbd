import type { Job } from "../queue/queue.ts";

export function planJob(digestId: number): Job {
  return { name: "plan-digest", key: String(digestId) };
}

/** One row-less job: look at the calendar and at new events. */
export const BUILD_JOB: Job = { name: "build-digests", key: "due" };
