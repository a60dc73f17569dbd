import { randomBytes } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pino } from "pino";
import { toConfig } from "../../src/config.ts";
import { type Context, type ContextParts, createContext } from "../../src/context.ts";
import { byLane, type Queue } from "../../src/queue/queue.ts";
import { createDatabase, startPostgres } from "./services/postgres.ts";
import { startRedis } from "./services/redis.ts";
import type { Server } from "./services/server.ts";

export type DatabaseName = "sqlite" | "postgres";
export type QueueName = "memory" | "redis" | "postgres";

/** Real services of its own for one run, and the environment by which any process of it finds them. */
export interface Installation {
  folder: string;
  env: Record<string, string>;
  /** A context on the same database for the process that watches; it takes no jobs unless it is given a queue. */
  open(parts?: Partial<ContextParts>): Promise<Context>;
  close(): Promise<void>;
}

/** How the servers of a run are started. */
export interface ServerStarts {
  startPostgres: () => Promise<Server>;
  startRedis: () => Promise<Server>;
}

/** Starts what a run needs and makes its keys; `env` overrides. */
export async function startInstallation(
  database: DatabaseName,
  queue: QueueName,
  env: Record<string, string> = {},
  starts: ServerStarts = { startPostgres, startRedis },
): Promise<Installation> {
  const folder = await mkdtemp(join(tmpdir(), "newsletter-run-"));
  const closing: (() => Promise<unknown>)[] = [() => rm(folder, { recursive: true, force: true })];
  const close = async () => {
    for (const end of closing.splice(0).reverse()) await end();
  };
  try {
    const keep = <T extends { close(): Promise<void> }>(service: T): T => {
      closing.push(service.close);
      return service;
    };
    const postgres = database === "postgres" || queue === "postgres" ? keep(await starts.startPostgres()) : null;
    const redis = queue === "redis" ? keep(await starts.startRedis()) : null;
    const urlOf = async (name: string) => createDatabase(postgres?.url ?? "", name);
    const all: Record<string, string> = {
      DATABASE_URL: database === "postgres" ? await urlOf("newsletter") : `sqlite:${join(folder, "newsletter.db")}`,
      ...(redis ? { QUEUE_URL: redis.url } : {}),
      ...(queue === "postgres" ? { QUEUE_URL: await urlOf("newsletter_queue") } : {}),
      DATA_KEYS: randomBytes(32).toString("base64"),
      ADMIN_API_KEY: randomBytes(24).toString("base64url"),
      SITE_ADDRESS: "1 Quiet Street, Springfield",
      LOG_LEVEL: "error",
      ...env,
    };
    return { folder, env: all, open: (parts) => openWatcher(all, parts), close };
  } catch (error) {
    await close();
    throw error;
  }
}

function openWatcher(env: Record<string, string>, parts: Partial<ContextParts> = {}): Promise<Context> {
  return createContext(toConfig(env), {
    log: pino({ level: "error" }),
    fetchPage: () => Promise.reject(new Error("no page is fetched here")),
    queue: stillQueue(),
    ...parts,
  });
}

/** A queue that nothing comes of: rows are the truth, and other processes sweep. */
function stillQueue(): Queue {
  const nothing = async () => undefined;
  const idle = { waiting: 0, delayed: 0, active: 0 };
  return {
    driver: "memory",
    add: nothing,
    addMany: nothing,
    schedule: nothing,
    limit: nothing,
    work: async () => ({ close: nothing }),
    depth: async () => byLane(() => idle),
    ping: nothing,
    close: nothing,
  };
}
