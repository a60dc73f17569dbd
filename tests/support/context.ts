import { randomBytes } from "node:crypto";
import { pino } from "pino";
import type { FetchPage } from "../../src/articles/fetch-page.ts";
import { toConfig } from "../../src/config.ts";
import { type Context, type ContextParts, createContext } from "../../src/context.ts";
import { byLane, type Job, type JobOutcome, type Queue } from "../../src/queue/queue.ts";
import { registry } from "../../workers/registry.ts";

/** A clock that a test moves. */
export interface TestClock {
  (): number;
  set(at: number): void;
  advance(ms: number): void;
}

export function testClock(start = Date.UTC(2026, 0, 12, 9)): TestClock {
  let now = start;
  return Object.assign(() => now, {
    set: (at: number) => {
      now = at;
    },
    advance: (ms: number) => {
      now += ms;
    },
  });
}

export interface TestContext {
  ctx: Context;
  clock: TestClock;
  /** Runs every job that waits, and those they add, until none is left. Waiting times are ignored up to `untilMs` ahead. */
  work(): Promise<void>;
  /** Jobs that wait, in order. */
  jobs: Job[];
  close(): Promise<void>;
}

export interface TestContextOptions extends Partial<Omit<ContextParts, "clock">> {
  env?: Record<string, string>;
  clock?: TestClock;
  /** Pages that `fetchPage` finds, by URL. */
  pages?: Record<string, string>;
}

/** A context on real drivers with a clock and a queue that the test moves by hand. SQLite in memory unless `env` says otherwise. */
export async function testContext(options: TestContextOptions = {}): Promise<TestContext> {
  const clock = options.clock ?? testClock();
  const jobs: Job[] = [];
  const config = toConfig({
    DATABASE_URL: "sqlite::memory:",
    DATA_KEYS: randomBytes(32).toString("base64"),
    ADMIN_API_KEY: "test-admin-key-0123456789",
    PUBLIC_URL: "http://localhost:3000",
    SITE_ADDRESS: "1 Quiet Street, Springfield",
    SIGNUPS_PER_RANGE: "100000",
    ...options.env,
  });
  const ctx = await createContext(config, {
    log: options.log ?? pino({ level: "silent" }),
    fetchPage: options.fetchPage ?? fetchFrom(options.pages ?? {}),
    clock,
    queue: options.queue ?? handQueue(jobs),
    ...(options.database ? { database: options.database } : {}),
    ...(options.mailer ? { mailer: options.mailer } : {}),
  });
  return { ctx, clock, jobs, work: () => workAll(ctx, jobs, clock), close: ctx.close };
}

function fetchFrom(pages: Record<string, string>): FetchPage {
  return async (url) => {
    const body = pages[url];
    if (body === undefined) throw new Error(`the test has no page at ${url}`);
    return { url, body, contentType: "text/html" };
  };
}

/** A queue that only remembers, so that a test decides when work happens. */
function handQueue(jobs: Job[]): Queue {
  const add = async (job: Job) => {
    if (!jobs.some((one) => one.name === job.name && one.key === job.key)) jobs.push(job);
  };
  return {
    driver: "memory",
    add,
    addMany: async (list) => {
      for (const job of list) await add(job);
    },
    schedule: async () => undefined,
    limit: async () => undefined,
    work: async () => ({ close: async () => undefined }),
    depth: async () => byLane((lane) => ({ waiting: lane === "work" ? jobs.length : 0, delayed: 0, active: 0 })),
    ping: async () => undefined,
    close: async () => undefined,
  };
}

async function workAll(ctx: Context, jobs: Job[], clock: TestClock): Promise<void> {
  const handlers = registry(ctx);
  for (let turns = 0; jobs.length > 0; turns += 1) {
    if (turns > 100_000) throw new Error("the jobs never end");
    const job = jobs.shift() as Job;
    const outcome: JobOutcome = await handlers[job.name](job.key);
    if (!outcome) continue;
    clock.advance(Object.values(outcome)[0] ?? 0);
    if (!("rest" in outcome)) jobs.push(job);
  }
}
