import type { Job } from "../queue/queue.ts";

export function takeRequestJob(requestId: number): Job {
  return { name: "take-request", key: String(requestId) };
}
