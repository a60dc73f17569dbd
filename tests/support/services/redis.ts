import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Redis } from "ioredis";
import { type MortalServer, startMortal } from "./mortal.ts";
import { needPrograms } from "./programs.ts";
import { freePort, runServer, type Server, serverDir, stopServer, whenReady } from "./server.ts";

/** Databases of a server started here; each test file takes its own. */
const DATABASES = 512;

/** The Redis of REDIS_URL, or one started for this run. */
export async function openRedis(): Promise<Server> {
  const url = process.env.REDIS_URL;
  if (!url) return startRedis();
  return { url, version: await redisVersion(url), dir: null, close: async () => undefined };
}

/** Starts a Redis of its own, empty, in memory only (`SAVE` writes `dump.rdb` into `dir`). */
export async function startRedis(): Promise<Server> {
  const [program = ""] = needPrograms(["redis-server"]);
  const port = await freePort();
  const dir = serverDir("redis");
  const server = runServer(dir, [program, ...settings(port, dir)]);
  const url = `redis://127.0.0.1:${port}`;
  const version = await whenReady(server, () => redisVersion(url));
  return { url, version, dir, close: () => stopServer(server) };
}

/** Starts a Redis that may be killed; it keeps nothing, so that it comes back empty. */
export async function startMortalRedis(): Promise<MortalServer> {
  const [program = ""] = needPrograms(["redis-server"]);
  const port = await freePort();
  const dir = serverDir("redis");
  const pidFile = join(dir, "redis.pid");
  const url = `redis://127.0.0.1:${port}`;
  return startMortal({
    url,
    dir,
    command: [program, ...settings(port, dir), "--pidfile", pidFile],
    probe: () => redisVersion(url),
    pid: () => Number(readFileSync(pidFile, "utf8")),
  });
}

/** Takes the next database of the server, emptied. Counts in database 0, so that processes do not share one. */
export async function nextRedisDatabase(serverUrl: string): Promise<string> {
  const redis = connect(serverUrl);
  try {
    const [, databases = "16"] = (await redis.config("GET", "databases")) as string[];
    const taken = await redis.incr("newsletter-tests");
    const number = 1 + ((taken - 1) % (Number(databases) - 1));
    await redis.select(number);
    await redis.flushdb();
    return Object.assign(new URL(serverUrl), { pathname: `/${number}` }).href;
  } finally {
    redis.disconnect();
  }
}

function settings(port: number, dir: string): string[] {
  const wanted = { port, bind: "127.0.0.1", dir, databases: DATABASES, save: "", appendonly: "no" };
  return Object.entries(wanted).flatMap(([name, value]) => [`--${name}`, String(value)]);
}

async function redisVersion(url: string): Promise<string> {
  const redis = connect(url);
  try {
    const info = await redis.info("server");
    return /redis_version:(\S+)/.exec(info)?.[1] ?? "unknown";
  } finally {
    redis.disconnect();
  }
}

function connect(url: string): Redis {
  const redis = new Redis(url, { lazyConnect: true, maxRetriesPerRequest: 0, retryStrategy: () => null });
  // The command that met the error rejects with it; the event says nothing more.
  redis.on("error", () => undefined);
  return redis;
}
