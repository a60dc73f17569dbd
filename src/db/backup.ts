import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, copyFile, open, rename, rm } from "node:fs/promises";
import SqliteDatabase from "better-sqlite3";
import { sql } from "kysely";
import { readEnv } from "../config.ts";
import { ConflictError, InvalidError, NotFoundError, UnavailableError } from "../errors.ts";
import type { Db } from "./database.ts";

/** Where the database is, as the configuration names it. */
export type Place = { engine: "sqlite"; path: string } | { engine: "postgres"; url: string };

/**
 * Writes one consistent copy of the database to a file that only its owner can read, while everything goes on. Throws
 * `ConflictError` when the file exists, `UnavailableError` when the engine's own tool is missing or fails.
 */
export async function backUp(db: Db, place: Place, file: string): Promise<void> {
  if (existsSync(file)) throw new ConflictError(`${file} exists already; name another file.`);
  const part = `${file}.part`;
  await rm(part, { force: true });
  if (place.engine === "sqlite") await sql`vacuum into ${part}`.execute(db);
  else await runTool("pg_dump", place.url, ["--format=custom", "--no-owner", `--file=${part}`]);
  await chmod(part, 0o600);
  await flush(part);
  await rename(part, file);
}

export interface RestoreOptions {
  /** Whether a database that is there may be replaced. */
  force: boolean;
  /** Looks at the copy before it takes the place of anything; throws to stop. SQLite only. */
  check: (path: string) => Promise<void>;
}

/**
 * Puts a backup in the place of the database. Nothing may have it open. Throws `NotFoundError` without a file,
 * `InvalidError` for a damaged one, `ConflictError` when a database is there (unless forced) or in use.
 */
export async function restore(place: Place, file: string, options: RestoreOptions): Promise<void> {
  if (!existsSync(file)) throw new NotFoundError(`There is no file ${file}.`);
  if (place.engine === "sqlite") return restoreSqlite(place.path, file, options);
  const overwrite = options.force ? ["--clean", "--if-exists"] : [];
  const database = ["--single-transaction", "--exit-on-error", "--no-owner", ...overwrite];
  await runTool("pg_restore", place.url, [...database, file]);
}

async function restoreSqlite(path: string, file: string, { force, check }: RestoreOptions): Promise<void> {
  if (existsSync(path)) {
    if (!force) throw new ConflictError(`${path} exists already; --force replaces it.`);
    closeForGood(path);
  }
  const part = `${path}.part`;
  try {
    await copyFile(file, part);
    await chmod(part, 0o600);
    checkIntegrity(part, file);
    await check(part);
    await flush(part);
    for (const ending of ["-wal", "-shm"]) await rm(`${path}${ending}`, { force: true });
    await rename(part, path);
  } finally {
    for (const ending of ["", "-wal", "-shm"]) await rm(`${part}${ending}`, { force: true });
  }
}

/** Leaving WAL mode needs the file alone, so it proves that no process has it open, and folds the log in. */
function closeForGood(path: string): void {
  const file = new SqliteDatabase(path, { timeout: 1000 });
  try {
    file.pragma("journal_mode = DELETE");
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError) || !error.code.startsWith("SQLITE_BUSY")) return;
    throw new ConflictError(`${path} is in use; stop the server and the workers first.`);
  } finally {
    file.close();
  }
}

function checkIntegrity(part: string, name: string): void {
  try {
    const copy = new SqliteDatabase(part, { readonly: true });
    const verdict = copy.pragma("integrity_check", { simple: true });
    const known = copy.prepare("select 1 from sqlite_master where name = 'kysely_migration'").get();
    copy.close();
    if (verdict !== "ok") throw new InvalidError(`${name} is damaged: ${String(verdict).slice(0, 200)}`);
    if (!known) throw new InvalidError(`${name} is a database of something else.`);
  } catch (error) {
    if (!(error instanceof SqliteDatabase.SqliteError)) throw error;
    throw new InvalidError(`${name} is not a backup of this platform.`);
  }
}

async function flush(path: string): Promise<void> {
  const handle = await open(path, "r+");
  await handle.sync();
  await handle.close();
}

/** Runs one of PostgreSQL's programs. The password goes by environment, since arguments are seen by everyone. */
function runTool(program: string, url: string, args: string[]): Promise<void> {
  const target = new URL(url);
  const password = decodeURIComponent(target.password);
  target.password = "";
  const env = { ...readEnv(), ...(password ? { PGPASSWORD: password } : {}) };
  return new Promise((resolve, reject) => {
    const child = spawn(program, [`--dbname=${target.href}`, ...args], { env, stdio: ["ignore", "inherit", "pipe"] });
    let said = "";
    child.stderr.on("data", (data: Buffer) => {
      said = (said + data.toString()).slice(-2000);
    });
    child.on("error", (cause) => {
      const text = `${program} could not be run: install PostgreSQL's client programs (on Debian: postgresql-client).`;
      reject(new UnavailableError(text, { cause }));
    });
    child.on("close", (code) => {
      if (code === 0) resolve();
      else reject(new UnavailableError(`${program} failed: ${said.trim() || `exit code ${code}`}`));
    });
  });
}
