import { Queue as BullQueue, type IQueueBackend } from "bullmq";
import { type Backend, openPostgresBackend, openRedisBackend, type Role } from "./bullmq-backend.ts";
import { depthOf, idOf, jobOptions, toBullJob } from "./bullmq-jobs.ts";
import { workLane } from "./bullmq-worker.ts";
import {
  type AddOptions,
  JOBS,
  type Job,
  type JobHandlers,
  LANES,
  type Lane,
  type Queue,
  type QueueWorker,
  type WorkOptions,
} from "./queue.ts";
import type { Retries } from "./retries.ts";

export interface BullQueueOptions extends Partial<Retries> {
  driver: "redis" | "postgres";
  url: string;
  /** Beginning of the names of the queues, where installations share a server. Default `newsletter`. */
  prefix?: string;
  /** Milliseconds between looks at what was declared, which a flushed server forgets. Default 15,000. */
  declareEveryMs?: number;
  /** Told of lost connections and the like, which mend themselves. */
  onError: (error: unknown) => void;
}

/** One lane: a queue of BullMQ's. */
export interface BullLane {
  name: string;
  queue: BullQueue<{ key: string }, void, string, { key: string }, void, string, IQueueBackend, unknown>;
}

/** BullMQ lets a lane rest only where it has a limit; this one is no limit. */
const UNLIMITED = { max: 1_000_000, perMs: 1000 };
const DECLARE_EVERY_MS = 15_000;
/** A schedule whose next job is later than this, and than two of its intervals, has lost it. */
const LATE_MS = 5_000;
/** Jobs of one request to the server. */
const CHUNK = 500;

/**
 * The queue of many processes, on BullMQ with Redis or PostgreSQL.
 * @throws Error when the server does not answer within five seconds.
 */
export async function createBullQueue(options: BullQueueOptions): Promise<Queue> {
  const onError = reportOnce(options.onError);
  const open = (role: Role) =>
    options.driver === "redis"
      ? openRedisBackend({ url: options.url, onError }, role)
      : openPostgresBackend({ url: options.url, onError }, role);
  const backend = await open("producer");
  const lanes = Object.fromEntries(LANES.map((lane) => [lane, openLane(lane)])) as Record<Lane, BullLane>;
  const declared = new Map<string, () => Promise<void>>();
  const keeper = setInterval(() => void redeclare(), options.declareEveryMs ?? DECLARE_EVERY_MS).unref();
  const workers = new Set<QueueWorker>();
  let closed = false;

  function openLane(lane: Lane): BullLane {
    const name = `${options.prefix ?? "newsletter"}-${lane}`;
    const queue: BullLane["queue"] = new BullQueue(name, { connection: {} }, backend.factory);
    queue.on("error", onError);
    return { name, queue };
  }

  function mustBeOpen(): void {
    if (closed) throw new Error(`[queue] [${options.driver}] is closed`);
  }

  async function redeclare(): Promise<void> {
    for (const declare of declared.values()) await declare().catch(onError);
  }

  async function declare(id: string, fn: () => Promise<void>): Promise<void> {
    mustBeOpen();
    declared.set(id, fn);
    await fn();
  }

  async function addMany(jobs: Job[], addOptions: AddOptions = {}): Promise<void> {
    mustBeOpen();
    for (const lane of LANES) {
      const mine = jobs.filter((job) => JOBS[job.name] === lane);
      for (let at = 0; at < mine.length; at += CHUNK) {
        await lanes[lane].queue.addBulk(mine.slice(at, at + CHUNK).map((job) => toBullJob(job, options, addOptions)));
      }
    }
  }

  async function schedule(job: Job, everyMs: number): Promise<void> {
    const { queue } = lanes[JOBS[job.name]];
    await declare(`schedule ${idOf(job)}`, async () => {
      const known = await queue.getJobScheduler(idOf(job));
      const alive = Date.now() < (known?.next ?? 0) + 2 * everyMs + LATE_MS;
      if (known?.every === everyMs && alive) return;
      const opts = jobOptions(options, {});
      await queue.upsertJobScheduler(idOf(job), { every: everyMs }, { name: job.name, data: { key: job.key }, opts });
    });
  }

  async function limit(lane: Lane, max: number, perMs: number): Promise<void> {
    await declare(`limit ${lane}`, async () => {
      await lanes[lane].queue.setGlobalRateLimit(max, perMs);
    });
  }

  async function keepSomeLimit(lane: Lane): Promise<void> {
    if (declared.has(`limit ${lane}`)) return;
    await declare(`some limit ${lane}`, async () => {
      const known = await lanes[lane].queue.getGlobalRateLimit();
      if (!known && !declared.has(`limit ${lane}`)) {
        await lanes[lane].queue.setGlobalRateLimit(UNLIMITED.max, UNLIMITED.perMs);
      }
    });
  }

  async function work(handlers: JobHandlers, workOptions: WorkOptions): Promise<QueueWorker> {
    for (const lane of LANES) await keepSomeLimit(lane);
    const connection = await open("worker");
    const running = await Promise.all(
      LANES.map((lane) => {
        const concurrency = workOptions.concurrency[lane];
        return workLane({
          backend: connection,
          lane: lanes[lane],
          concurrency,
          handlers,
          options: workOptions,
          onError,
        });
      }),
    );
    const worker = { close: once(() => closeWorkers(connection, running)) };
    workers.add(worker);
    return worker;
  }

  async function depth(): ReturnType<Queue["depth"]> {
    mustBeOpen();
    return { send: await depthOf(lanes.send), work: await depthOf(lanes.work), fetch: await depthOf(lanes.fetch) };
  }

  async function ping(): Promise<void> {
    mustBeOpen();
    await lanes.work.queue.getJobCounts("active");
  }

  async function close(): Promise<void> {
    clearInterval(keeper);
    // Handlers may still add jobs while their worker lets them end.
    await Promise.all([...workers].map((worker) => worker.close()));
    closed = true;
    await Promise.all(LANES.map((lane) => lanes[lane].queue.close()));
    backend.close();
  }

  return {
    driver: options.driver,
    add: (job, addOptions) => addMany([job], addOptions),
    addMany,
    schedule,
    limit,
    work,
    depth,
    ping,
    close: once(close),
  };
}

/** Lets jobs under way end. Out of reach, their results could not be noted anyway: then nobody waits. */
async function closeWorkers(connection: Backend, running: { close(force?: boolean): Promise<void> }[]) {
  const force = !(await connection.inReach());
  await Promise.all(running.map((worker) => worker.close(force)));
  connection.close();
}

/** Both lanes report the errors of the connection they share. */
function reportOnce(onError: (error: unknown) => void): (error: unknown) => void {
  const seen = new WeakSet<object>();
  return (error) => {
    if (typeof error === "object" && error !== null) {
      if (seen.has(error)) return;
      seen.add(error);
    }
    onError(error);
  };
}

function once(fn: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => {
    done ??= fn();
    return done;
  };
}
