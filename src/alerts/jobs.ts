import type { Job } from "../queue/queue.ts";

export function postAlertJob(id: number): Job {
  return { name: "post-alert", key: String(id) };
}
