import pg from "pg";
import { afterEach, beforeEach, expect, inject, it } from "vitest";
import { notifyingQueue } from "../../src/db/notify.ts";
import { WAKE_CHANNEL } from "../../src/db/wake-channel.ts";
import { type AddOptions, byLane, type Job, type Queue } from "../../src/queue/queue.ts";
import { startWorkers } from "../../workers/start.ts";
import { type TestContext, testContext } from "../support/context.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { until } from "../support/until.ts";

/** A worker on Node whose queue only writes down what it is given, and a process without a queue beside it. */
let node: TestContext;
let worker: { close(): Promise<void> };
let given: { job: Job; options: AddOptions | undefined }[];
let far: Queue;
let watcher: pg.Client;

beforeEach(async () => {
  const url = await freshDatabaseUrl(inject);
  given = [];
  node = await testContext({ env: { DATABASE_URL: url }, queue: recording() });
  worker = await startWorkers(node.ctx);
  far = notifyingQueue(() => node.ctx.db, WAKE_CHANNEL);
  watcher = new pg.Client({ connectionString: url });
  await watcher.connect();
  await until("the worker to listen", async () => (await listeners()).length === 1);
  given = [];
});

afterEach(async () => {
  await watcher.end();
  await worker.close();
  await node.close();
});

function recording(): Queue {
  const still = { waiting: 0, delayed: 0, active: 0 };
  const add = async (job: Job, options?: AddOptions) => {
    given.push({ job, options });
  };
  return {
    driver: "memory",
    add,
    addMany: async (jobs, options) => {
      for (const job of jobs) await add(job, options);
    },
    schedule: async () => undefined,
    limit: async () => undefined,
    work: async () => ({ close: async () => undefined }),
    depth: async () => byLane(() => still),
    ping: async () => undefined,
    close: async () => undefined,
  };
}

async function listeners(): Promise<number[]> {
  const { rows } = await watcher.query<{ pid: number }>(
    "select pid from pg_stat_activity where datname = current_database() and query ilike 'listen %'",
  );
  return rows.map(({ pid }) => pid);
}

it("hands a far process's jobs to the worker's queue, each with the priority it was given", async () => {
  const jobs: Job[] = [
    { name: "take-request", key: "1" },
    { name: "take-request", key: "2" },
  ];
  await far.addMany(jobs, { priority: 1 });
  await far.add({ name: "apply-event", key: "3" });
  await until("three jobs", () => given.length === 3);
  expect(given).toEqual([
    ...jobs.map((job) => ({ job, options: { priority: 1 } })),
    { job: { name: "apply-event", key: "3" }, options: { priority: 10 } },
  ]);
});

it("takes nothing from a notice that names no job", async () => {
  await watcher.query("select pg_notify($1, text) from unnest($2::text[]) as text", [
    WAKE_CHANNEL,
    ["constructor 1", "take-request", "", "something else"],
  ]);
  await far.add({ name: "plan-digest", key: "7" });
  await until("the job after them", () => given.length > 0);
  expect(given.map(({ job }) => job)).toEqual([{ name: "plan-digest", key: "7" }]);
});

it("outlives the loss of its connection and listens again", async () => {
  const [before = 0] = await listeners();
  await watcher.query("select pg_terminate_backend($1)", [before]);
  await until("another connection", async () => (await listeners()).some((pid) => pid !== before), 15_000);
  await far.add({ name: "take-request", key: "9" });
  await until("the job", () => given.some(({ job }) => job.key === "9"));
});
