import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import SqliteDatabase from "better-sqlite3";
import {
  CompiledQuery,
  type DatabaseConnection,
  Kysely,
  SqliteAdapter,
  SqliteDialect,
  type SqliteDialectConfig,
  SqliteDriver,
  sql,
} from "kysely";
import type { Database, Engine, Tables } from "./database.ts";
import { remembering } from "./remembering.ts";

/** How long a writer waits for another process to finish. */
const BUSY_MS = 10_000;
const LONGEST_NAP_MS = 20;
/** 16 MB: the busiest pages are written back once where they would be written several times. */
const CHECKPOINT_PAGES = 4000;

/**
 * A deferred transaction that reads and then writes fails at once when another process wrote between. This one takes the
 * write lock first, and waits for it without blocking the process.
 */
class ImmediateDriver extends SqliteDriver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    const deadline = Date.now() + BUSY_MS;
    while (!(await tryBegin(connection, Date.now() > deadline))) await sleep(1 + Math.random() * LONGEST_NAP_MS);
  }
}

/** False when another process holds the write lock; throws that when it is the last try. */
async function tryBegin(connection: DatabaseConnection, last: boolean): Promise<boolean> {
  const run = (text: string) => connection.executeQuery(CompiledQuery.raw(text));
  await run("pragma busy_timeout = 0");
  try {
    await run("begin immediate");
    return true;
  } catch (error) {
    if (last || !(error instanceof SqliteDatabase.SqliteError) || !error.code.startsWith("SQLITE_BUSY")) throw error;
    return false;
  } finally {
    await run(`pragma busy_timeout = ${BUSY_MS}`);
  }
}

/** With immediate transactions two processes that migrate at once queue up instead of colliding. */
class TransactionalDdlAdapter extends SqliteAdapter {
  override get supportsTransactionalDdl(): boolean {
    return true;
  }
}

class ImmediateDialect extends SqliteDialect {
  readonly #config: SqliteDialectConfig;
  constructor(config: SqliteDialectConfig) {
    super(config);
    this.#config = config;
  }
  override createDriver() {
    return new ImmediateDriver(this.#config);
  }
  override createAdapter() {
    return new TransactionalDdlAdapter();
  }
}

const engine: Engine = {
  name: "sqlite",
  locksRows: false,
  numbers: (list) => sql`(select value from json_each(${JSON.stringify(list)}))`,
  entries: (texts) => sql`json_each(${JSON.stringify(texts)})`,
  async serialise() {
    // An immediate transaction already is the only writer.
  },
  isUniqueViolation(error) {
    const code = error instanceof SqliteDatabase.SqliteError ? error.code : "";
    return code === "SQLITE_CONSTRAINT_UNIQUE" || code === "SQLITE_CONSTRAINT_PRIMARYKEY";
  },
  isLostRace() {
    return false;
  },
  async size(db) {
    const { rows } = await sql<{ bytes: number }>`
      select page_count * page_size as bytes from pragma_page_count(), pragma_page_size()`.execute(db);
    return rows[0]?.bytes ?? 0;
  },
  async integrity(db) {
    const { rows } = await sql<{ quick_check: string }>`select quick_check from pragma_quick_check()`.execute(db);
    return rows[0]?.quick_check ?? "no answer";
  },
};

/**
 * Opens (and creates) a SQLite file, or `:memory:`. WAL; every commit reaches the disk before it is reported
 * (`synchronous=FULL`), since consent, departures and acceptances must survive a power cut.
 */
export function openSqlite(path: string): Database {
  if (path !== ":memory:") mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const file = new SqliteDatabase(path, { timeout: BUSY_MS });
  file.pragma("journal_mode = WAL");
  file.pragma("synchronous = FULL");
  file.pragma(`wal_autocheckpoint = ${CHECKPOINT_PAGES}`);
  file.pragma("foreign_keys = ON");
  file.pragma("secure_delete = ON");
  file.pragma("temp_store = MEMORY");
  const db = new Kysely<Tables>({ dialect: new ImmediateDialect({ database: remembering(file) }) });
  return { db, engine, close: () => db.destroy() };
}
