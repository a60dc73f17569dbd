import type { Job } from "../queue/queue.ts";

/** A mail a person is waiting for overtakes everything, what corrects an edition overtakes editions. */
export const PRIORITY = { single: 1, correction: 5, digest: 10 } as const;

export function deliverJob(batchId: number): Job {
  return { name: "deliver-batch", key: String(batchId) };
}

export function editorMailJob(mailId: number): Job {
  return { name: "editor-mail", key: String(mailId) };
}

export function applyEventJob(eventId: number): Job {
  return { name: "apply-event", key: String(eventId) };
}
