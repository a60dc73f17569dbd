import { randomUUID } from "node:crypto";
import type { FetchPage } from "./articles/fetch-page.ts";
import type { Config } from "./config.ts";
import type { Database, Db, Engine } from "./db/database.ts";
import { migrate } from "./db/migrate.ts";
import { openDatabase } from "./db/open.ts";
import { AppError, UnavailableError } from "./errors.ts";
import type { Log } from "./log-port.ts";
import type { Mailer } from "./mail/mailer.ts";
import { openMailer } from "./mail/open.ts";
import type { Post } from "./mail/post.ts";
import { openQueue } from "./queue/open.ts";
import type { Queue } from "./queue/queue.ts";
import { openVault, type Vault } from "./vault/index.ts";

/** Everything a verb may reach. Built once by `createContext`; tests and the edge override single fields. */
export interface Context {
  config: Config;
  db: Db;
  engine: Engine;
  queue: Queue;
  mailer: Mailer;
  vault: Vault;
  log: Log;
  /** Milliseconds since 1970. */
  clock: () => number;
  /** 128 random bits as 32 hexadecimal characters, safe in URLs, tags and job ids. */
  newId: () => string;
  fetchPage: FetchPage;
  close: () => Promise<void>;
}

/** What the caller brings: its runtime's own logger and fetch, and anything it wants instead of the configured. */
export interface ContextParts {
  log: Log;
  fetchPage: FetchPage;
  post?: Post;
  clock?: () => number;
  database?: Database;
  queue?: Queue;
  mailer?: Mailer;
}

/**
 * Opens what the configuration names, migrates the database, and gives the context. The only place that chooses
 * drivers. Throws when one of them cannot be opened; what was opened until then is closed again.
 */
export async function createContext(config: Config, parts: ContextParts): Promise<Context> {
  const opened: { close(): Promise<void> }[] = [];
  const keep = <T extends { close(): Promise<void> }>(part: T): T => {
    opened.unshift(part);
    return part;
  };
  const close = async () => {
    for (const part of opened.splice(0)) await part.close();
  };
  try {
    return await open(config, parts, keep, close);
  } catch (error) {
    await close();
    throw error;
  }
}

async function open(
  config: Config,
  parts: ContextParts,
  keep: <T extends { close(): Promise<void> }>(part: T) => T,
  close: () => Promise<void>,
): Promise<Context> {
  const { log, fetchPage, clock = Date.now } = parts;
  const onError = (err: unknown) => log.error({ err }, "a connection failed");
  const database = keep(parts.database ?? (await named("DATABASE_URL", openDatabase(config.database, onError))));
  const applied = await named("DATABASE_URL", migrate(database));
  if (applied.length > 0) log.info({ migrations: applied }, "the database is up to date");
  const vault = await openVault({ database, dataKeys: config.dataKeys, clock });
  const queue = keep(parts.queue ?? (await named("QUEUE_URL", openQueue(config.queue, { onError }))));
  const newId = () => randomUUID().replaceAll("-", "");
  const mailer = keep(
    parts.mailer ?? (await openMailer(config.mail, { db: database.db, vault, clock, post: parts.post })),
  );
  const { db, engine } = database;
  return { config, db, engine, queue, mailer, vault, log, clock, newId, fetchPage, close };
}

/** A server that does not answer at the start is told by the variable that names it. */
async function named<T>(variable: string, opening: Promise<T>): Promise<T> {
  try {
    return await opening;
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    const reason = cause instanceof AggregateError ? cause.errors.map(String).join(", ") : String(cause);
    throw new UnavailableError(`${variable}: cannot be used: ${reason.split("\n")[0]}`, { cause });
  }
}
