import type { Job } from "../queue/queue.ts";

export function pollSourceJob(sourceId: number): Job {
  return { name: "poll-source", key: String(sourceId) };
}
