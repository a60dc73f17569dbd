import { type Entry, LaneOfJobs } from "./lane.ts";
import {
  byLane,
  DEFAULT_PRIORITY,
  JOBS,
  type Job,
  type JobHandlers,
  LANES,
  type Lane,
  type Queue,
  type QueueWorker,
  type WorkOptions,
} from "./queue.ts";
import { backoff, RETRIES, type Retries } from "./retries.ts";

/**
 * The queue of one process, without a server. What waits in it is gone when the process ends; the rows are not, and the
 * sweep adds their jobs again.
 */
export function createMemoryQueue(options: Partial<Retries> = {}): Queue {
  const retries = { ...RETRIES, ...options };
  const lanes: Record<Lane, LaneOfJobs> = byLane(newLane);
  const schedules = new Map<string, { everyMs: number; timer: NodeJS.Timeout }>();
  let worker: MemoryWorker | undefined;
  let closed = false;

  function newLane(lane: Lane): LaneOfJobs {
    return new LaneOfJobs(() => worker?.pump(lane));
  }

  async function addMany(jobs: Job[], { delayMs = 0, priority = DEFAULT_PRIORITY } = {}): Promise<void> {
    if (closed) throw new Error("[queue] [memory] is closed");
    for (const job of jobs) lanes[JOBS[job.name]].add(job, priority, delayMs);
  }

  async function schedule(job: Job, everyMs: number): Promise<void> {
    const id = `${job.name}-${job.key}`;
    const known = schedules.get(id);
    if (known?.everyMs === everyMs) return;
    clearInterval(known?.timer);
    const timer = setInterval(() => void addMany([job]), everyMs);
    schedules.set(id, { everyMs, timer });
    await addMany([job]);
  }

  async function work(handlers: JobHandlers, options: WorkOptions): Promise<QueueWorker> {
    if (worker) throw new Error("[queue] [memory] has its worker already");
    worker = new MemoryWorker(lanes, handlers, options, retries);
    for (const lane of LANES) worker.pump(lane);
    return { close: closeWorker };
  }

  async function closeWorker(): Promise<void> {
    const closing = worker;
    await closing?.close();
    if (worker === closing) worker = undefined;
  }

  async function close(): Promise<void> {
    for (const { timer } of schedules.values()) clearInterval(timer);
    await closeWorker();
    closed = true;
    for (const lane of LANES) lanes[lane].clear();
  }

  return {
    driver: "memory",
    add: (job, options) => addMany([job], options),
    addMany,
    schedule,
    limit: async (lane, max, perMs) => lanes[lane].setLimit(max, perMs),
    work,
    depth: async () => byLane((lane) => lanes[lane].counts),
    ping: async () => {
      if (closed) throw new Error("[queue] [memory] is closed");
    },
    close,
  };
}

/** Starts what may start, up to the concurrency of each lane. */
class MemoryWorker {
  readonly #lanes: Record<Lane, LaneOfJobs>;
  readonly #handlers: JobHandlers;
  readonly #options: WorkOptions;
  readonly #retries: Retries;
  readonly #pumping = new Map<Lane, NodeJS.Immediate>();
  readonly #pauses = new Map<Lane, NodeJS.Timeout>();
  readonly #running = new Set<Promise<void>>();
  #closing = false;

  constructor(lanes: Record<Lane, LaneOfJobs>, handlers: JobHandlers, options: WorkOptions, retries: Retries) {
    this.#lanes = lanes;
    this.#handlers = handlers;
    this.#options = options;
    this.#retries = retries;
  }

  /** Once per turn of the event loop, however often asked: handlers that never wait must not starve the door. */
  pump(lane: Lane): void {
    if (this.#closing || this.#pumping.has(lane)) return;
    this.#pumping.set(
      lane,
      setImmediate(() => {
        this.#pumping.delete(lane);
        this.#start(lane);
      }),
    );
  }

  async close(): Promise<void> {
    this.#closing = true;
    for (const turn of this.#pumping.values()) clearImmediate(turn);
    for (const pause of this.#pauses.values()) clearTimeout(pause);
    while (this.#running.size > 0) await Promise.all(this.#running);
  }

  #start(lane: Lane): void {
    const jobs = this.#lanes[lane];
    while (jobs.active < this.#options.concurrency[lane]) {
      const entry = jobs.take(Date.now());
      if (!entry) break;
      const run = this.#run(lane, entry).finally(() => {
        this.#running.delete(run);
        this.pump(lane);
      });
      this.#running.add(run);
    }
    this.#pause(lane);
  }

  /** Comes back when the lane's rest or its limit is over. */
  #pause(lane: Lane): void {
    const ms = this.#lanes[lane].pauseMs(Date.now());
    if (ms === 0 || this.#closing) return;
    clearTimeout(this.#pauses.get(lane));
    this.#pauses.set(
      lane,
      setTimeout(() => this.pump(lane), ms),
    );
  }

  async #run(lane: Lane, entry: Entry): Promise<void> {
    const jobs = this.#lanes[lane];
    try {
      const outcome = await this.#handlers[entry.job.name](entry.job.key);
      if (!outcome) jobs.done(entry);
      else if ("again" in outcome) jobs.delay(entry, outcome.again);
      else if ("throttle" in outcome) jobs.rest(entry, outcome.throttle, Date.now());
      else {
        jobs.pause(outcome.rest, Date.now());
        jobs.done(entry);
      }
    } catch (error) {
      this.#failed(jobs, entry, error);
    }
  }

  #failed(jobs: LaneOfJobs, entry: Entry, error: unknown): void {
    entry.failures++;
    const willRetry = entry.failures < this.#retries.attempts;
    if (willRetry) jobs.delay(entry, backoff(this.#retries, entry.failures));
    else jobs.done(entry);
    this.#options.onError(error, entry.job, willRetry);
  }
}
