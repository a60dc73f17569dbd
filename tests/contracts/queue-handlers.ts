import type { JobHandler, JobHandlers, WorkOptions } from "../../src/queue/queue.ts";

/** Handlers that do nothing, but for those given. */
export function handlersOf(given: Partial<JobHandlers>): JobHandlers {
  const nothing: JobHandler = async () => undefined;
  return {
    "take-request": nothing,
    "build-digests": nothing,
    "plan-digest": nothing,
    "poll-source": nothing,
    "post-alert": nothing,
    "apply-event": nothing,
    sweep: nothing,
    "deliver-batch": nothing,
    "editor-mail": nothing,
    ...given,
  };
}

/** Options of a worker that takes one job of each lane at a time and expects no error. */
export function workOptions(given: Partial<WorkOptions> = {}): WorkOptions {
  const onError: WorkOptions["onError"] = (error) => {
    throw error;
  };
  return { concurrency: { send: 1, work: 1, fetch: 1 }, onError, ...given };
}
