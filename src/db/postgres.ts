import { createHash } from "node:crypto";
import { Kysely, PostgresDialect, sql } from "kysely";
import pg from "pg";
import type { Database, Engine, Tables } from "./database.ts";

const INT8 = 20;

/** Keys, counts and times fit a double; strings in their place would surprise every caller. */
const types = {
  getTypeParser(oid: number, format?: "text" | "binary") {
    if (oid === INT8) return (value: string) => Number(value);
    return format === "binary" ? pg.types.getTypeParser(oid, format) : pg.types.getTypeParser(oid);
  },
};

/** As many as the migration made: two matters rarely share one, and then only wait for each other. */
const TURNS = 1024;

function turnOf(matter: string): number {
  return createHash("sha256").update(matter).digest().readUInt32BE(0) % TURNS;
}

const engine: Engine = {
  name: "postgres",
  locksRows: true,
  numbers: (list) => sql`(select unnest(cast(${list} as bigint[])) as value)`,
  entries: (texts) => sql`json_each_text(cast(${JSON.stringify(texts)} as json))`,
  async serialise(tx, matter) {
    await sql`select id from turn where id = ${turnOf(matter)} for update`.execute(tx);
  },
  isUniqueViolation(error) {
    return error instanceof Error && "code" in error && error.code === "23505";
  },
  isLostRace(error) {
    return error instanceof Error && "code" in error && (error.code === "40P01" || error.code === "40001");
  },
  async size(db) {
    const { rows } = await sql<{ bytes: number }>`select pg_database_size(current_database()) as bytes`.execute(db);
    return rows[0]?.bytes ?? 0;
  },
  async integrity() {
    return "ok";
  },
};

export interface PostgresOptions {
  /** Connections at most. Default 10. */
  max?: number;
  /** Told of errors on idle connections, which the pool replaces by itself. */
  onError?: (error: Error) => void;
}

/** Opens a pool on PostgreSQL 13 or newer, or on what speaks its protocol in front of it (Hyperdrive). */
export function openPostgres(url: string, options: PostgresOptions = {}): Database {
  const pool = new pg.Pool({ connectionString: url, max: options.max ?? 10, types, connectionTimeoutMillis: 10_000 });
  pool.on("error", (error) => options.onError?.(error));
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  return { db, engine, close: () => db.destroy() };
}
