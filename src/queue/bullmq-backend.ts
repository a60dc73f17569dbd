import {
  type BackendFactory,
  createPostgresBackend,
  createRedisBackend,
  type IQueueBackend,
  runMigrations,
} from "bullmq";
import { Redis, type RedisOptions } from "ioredis";
import pg from "pg";

/** Milliseconds in which a producer gets its answer or an error. */
const ANSWER_MS = 5000;
/** Connections of one pool; a queue or a worker needs few, and each has its own pool. */
const POOL_SIZE = 4;

/** Where BullMQ keeps its jobs: a factory of what it calls backends, and the connections made for them. */
export interface Backend {
  factory: BackendFactory<IQueueBackend, unknown>;
  /** False while the server is out of reach, so that a close does not wait for it. */
  inReach(): Promise<boolean>;
  close(): void;
}

export interface BackendOptions {
  url: string;
  onError: (error: unknown) => void;
}

/** Connections of producers answer or fail soon; those of workers wait as long as it takes. */
export type Role = "producer" | "worker";

/** Opens a connection to Redis for one role. */
export async function openRedisBackend({ url, onError }: BackendOptions, role: Role): Promise<Backend> {
  const redis = new Redis(url, role === "producer" ? PRODUCER : WORKER);
  redis.on("error", onError);
  try {
    await within(ANSWER_MS, redis.connect());
  } catch (error) {
    redis.disconnect();
    throw new Error("[queue] [redis] does not answer", { cause: error });
  }
  return {
    factory: (name, opts, kind) => createRedisBackend(name, { ...opts, connection: redis }, kind),
    inReach: async () => redis.status === "ready",
    close: () => redis.disconnect(),
  };
}

const retryStrategy = (times: number) => Math.min(times * 200, 5000);

const PRODUCER: RedisOptions = {
  lazyConnect: true,
  retryStrategy,
  connectTimeout: ANSWER_MS,
  commandTimeout: ANSWER_MS,
  enableOfflineQueue: false,
  maxRetriesPerRequest: 1,
};

const WORKER: RedisOptions = { lazyConnect: true, retryStrategy, maxRetriesPerRequest: null };

/** Prepares BullMQ's schema in PostgreSQL; its pools open with each queue and worker. */
export async function openPostgresBackend({ url }: BackendOptions, role: Role): Promise<Backend> {
  if (role === "producer") await migrate(url);
  const answer = role === "producer" ? { query_timeout: ANSWER_MS } : {};
  const connection = { connectionString: url, connectionTimeoutMillis: ANSWER_MS, max: POOL_SIZE, ...answer };
  return {
    factory: (name, opts, kind) => createPostgresBackend(name, { ...opts, connection }, kind),
    inReach: () => answers(url),
    close: () => undefined,
  };
}

async function answers(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 1000 });
  try {
    await client.connect();
    await client.end();
    return true;
  } catch {
    return false;
  }
}

async function migrate(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: ANSWER_MS });
  try {
    await client.connect();
    await runMigrations(client);
  } catch (error) {
    throw new Error("[queue] [postgres] does not answer or refuses BullMQ's schema", { cause: error });
  } finally {
    await client.end();
  }
}

async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no answer in ${ms} ms`)), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
