import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";
import { Redis } from "ioredis";
import { afterAll, beforeAll, describe, expect, inject, it, vi } from "vitest";
import { type BullQueueOptions, createBullQueue } from "../../src/queue/bullmq.ts";
import { createMemoryQueue } from "../../src/queue/memory.ts";
import { openQueue } from "../../src/queue/open.ts";
import type { JobHandler } from "../../src/queue/queue.ts";
import { freshDatabaseUrl, freshRedisUrl } from "../support/services/fresh.ts";
import { startPostgres } from "../support/services/postgres.ts";
import { startRedis } from "../support/services/redis.ts";
import type { Server } from "../support/services/server.ts";
import { queueContract } from "./queue.ts";
import { handlersOf, workOptions } from "./queue-handlers.ts";

const quiet = { onError: () => undefined };
const urls = { redis: "", postgres: "" };

beforeAll(async () => {
  urls.redis = await freshRedisUrl(inject);
  urls.postgres = await freshDatabaseUrl(inject);
});

const newPrefix = () => `t${randomBytes(4).toString("hex")}`;

async function newMemoryStore() {
  return async (retries: Partial<BullQueueOptions>) => createMemoryQueue(retries);
}

const newBullStore = (driver: "redis" | "postgres") => async () => {
  const prefix = newPrefix();
  return (retries: Partial<BullQueueOptions>) =>
    createBullQueue({ driver, url: urls[driver], prefix, declareEveryMs: 1000, ...quiet, ...retries });
};

queueContract("memory", { newStore: newMemoryStore, shared: false });
queueContract("redis", { newStore: newBullStore("redis"), shared: true });
queueContract("postgres", { newStore: newBullStore("postgres"), shared: true });

describe("queue in memory", () => {
  it("takes a hundred thousand jobs within two seconds", async () => {
    const queue = createMemoryQueue();
    const began = Date.now();
    for (let index = 0; index < 100_000; index++) await queue.add({ name: "deliver-batch", key: `k${index}` });
    expect(Date.now() - began).toBeLessThan(2000);
    expect((await queue.depth()).send.waiting).toBe(100_000);
    await queue.close();
  });

  it("lets the event loop turn between jobs that never wait", async () => {
    const queue = createMemoryQueue();
    let ran = 0;
    const run: JobHandler = async () => {
      ran++;
      return undefined;
    };
    await queue.addMany(
      Array.from({ length: 5000 }, (_, index) => ({ name: "plan-digest" as const, key: `k${index}` })),
    );
    await queue.work(handlersOf({ "plan-digest": run }), workOptions());
    await new Promise((resolve) => setTimeout(resolve, 1));
    expect(ran).toBeLessThan(5000);
    await queue.close();
  });
});

describe("queue on a Redis of its own", () => {
  let redis: Server;
  let admin: Redis;
  beforeAll(async () => {
    redis = await startRedis();
    admin = new Redis(redis.url);
  });
  afterAll(async () => {
    admin.disconnect();
    await redis.close();
  });

  it("goes on after FLUSHALL: new jobs run, schedules and limits come back", async () => {
    const options = { driver: "redis", url: redis.url, prefix: newPrefix(), declareEveryMs: 300, ...quiet } as const;
    const queue = await createBullQueue(options);
    const ran: string[] = [];
    const note: JobHandler = async (key) => {
      ran.push(key);
      return undefined;
    };
    const hour = 3_600_000;
    await queue.limit("send", 2, 1000);
    await queue.work(handlersOf({ "plan-digest": note, sweep: note, "deliver-batch": note }), workOptions());
    await queue.schedule({ name: "sweep", key: "swept" }, hour);
    await vi.waitFor(() => expect(ran).toEqual(["swept"]), { timeout: 5000 });
    await admin.flushall();
    await vi.waitFor(() => expect(ran).toEqual(["swept", "swept"]), { timeout: 5000 });
    await queue.add({ name: "plan-digest", key: "after" });
    await vi.waitFor(() => expect(ran).toContain("after"), { timeout: 5000 });
    expect(await admin.hget(`bull:${options.prefix}-send:meta`, "max")).toBe("2");
    await queue.close();
  });

  it("keeps nothing of what a handler threw", async () => {
    const queue = await createBullQueue({
      driver: "redis",
      url: redis.url,
      prefix: newPrefix(),
      backoffMs: 60_000,
      ...quiet,
    });
    const run: JobHandler = async () => {
      throw new Error("could not write to reader@example.org");
    };
    await queue.work(handlersOf({ "plan-digest": run }), workOptions(quiet));
    await queue.add({ name: "plan-digest", key: "a" });
    await vi.waitFor(async () => expect((await queue.depth()).work.delayed).toBe(1), { timeout: 5000 });
    const hashes = await Promise.all((await admin.keys("*:plan-digest-a")).map((key) => admin.hgetall(key)));
    expect(hashes).toHaveLength(1);
    expect(JSON.stringify(hashes)).toContain("plan-digest");
    expect(JSON.stringify(hashes)).not.toContain("reader@");
    await queue.close();
  });

  it("refuses a job soon when Redis takes it and says nothing", async () => {
    const queue = await createBullQueue({ driver: "redis", url: redis.url, prefix: newPrefix(), ...quiet });
    await queue.ping();
    await admin.call("CLIENT", "PAUSE", "60000", "ALL");
    const began = Date.now();
    await expect(queue.add({ name: "plan-digest", key: "a" })).rejects.toThrow();
    await queue.close();
    expect(Date.now() - began).toBeLessThan(6000);
  });
});

describe.each([
  ["redis", startRedis],
  ["postgres", startPostgres],
] as const)("a queue whose %s goes away", (driver, start) => {
  it("refuses a job soon, tells of it, and closes", async () => {
    const server = await start();
    const errors: unknown[] = [];
    const onError = (error: unknown) => errors.push(error);
    const queue = await createBullQueue({ driver, url: server.url, onError });
    await queue.work(handlersOf({}), workOptions());
    await queue.add({ name: "plan-digest", key: "before" });
    await server.close();
    const began = Date.now();
    await expect(queue.add({ name: "plan-digest", key: "a" })).rejects.toThrow();
    await expect(queue.ping()).rejects.toThrow();
    expect(Date.now() - began).toBeLessThan(6000);
    await vi.waitFor(() => expect(errors.length).toBeGreaterThan(0), { timeout: 5000 });
    await queue.close();
    expect(Date.now() - began).toBeLessThan(12_000);
  });
});

describe("opening a queue", () => {
  it("chooses the driver by configuration", async () => {
    const queues = await Promise.all([
      openQueue({ driver: "memory" }, quiet),
      openQueue({ driver: "redis", url: urls.redis }, quiet),
      openQueue({ driver: "postgres", url: urls.postgres }, quiet),
    ]);
    expect(queues.map((queue) => queue.driver)).toEqual(["memory", "redis", "postgres"]);
    await Promise.all(queues.map((queue) => queue.close()));
  });

  it("fails soon and by name when the server does not answer", async () => {
    const began = Date.now();
    const url = "127.0.0.1:1";
    await expect(openQueue({ driver: "redis", url: `redis://${url}` }, quiet)).rejects.toThrow("[queue] [redis]");
    await expect(openQueue({ driver: "postgres", url: `postgres://${url}/x` }, quiet)).rejects.toThrow(
      "[queue] [postgres]",
    );
    expect(Date.now() - began).toBeLessThan(6000);
  });
});

describe.concurrent("a worker that is killed", () => {
  const drivers = ["redis", "postgres"] as const;

  it.concurrent.each(drivers)("gives its job back on %s within half a minute", { timeout: 60_000 }, async (driver) => {
    const options = { driver, url: urls[driver], prefix: newPrefix(), ...quiet };
    const queue = await createBullQueue(options);
    const victim = startWorkerProcess(options);
    await queue.add({ name: "plan-digest", key: "a" });
    await line(victim, "started a");
    victim.kill("SIGKILL");
    const began = Date.now();
    const ran: string[] = [];
    const note: JobHandler = async (key) => {
      ran.push(key);
      return undefined;
    };
    await queue.work(handlersOf({ "plan-digest": note }), workOptions());
    await vi.waitFor(() => expect(ran).toEqual(["a"]), { timeout: 45_000, interval: 50 });
    expect(Date.now() - began).toBeLessThan(30_000);
    await queue.close();
  });
});

/** Starts a worker that never finishes a job. */
function startWorkerProcess({ driver, url, prefix }: { driver: string; url: string; prefix: string }): ChildProcess {
  const script = fileURLToPath(new URL("./endless-worker.ts", import.meta.url));
  return spawn(process.execPath, ["--import", "tsx", script, driver, url, prefix], {
    stdio: ["ignore", "pipe", "inherit"],
  });
}

async function line(child: ChildProcess, wanted: string): Promise<void> {
  let said = "";
  while (!said.includes(wanted)) {
    const [chunk] = (await once(child.stdout as NodeJS.ReadableStream, "data")) as [Buffer];
    said += chunk.toString();
  }
}
