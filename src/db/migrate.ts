import { type Kysely, Migrator } from "kysely";
import { migrations } from "../../migrations/index.ts";
import type { Database } from "./database.ts";

/**
 * Brings the schema up to date and gives the names of what was applied. Two processes may call it at once: one waits
 * for the other. All of it is one transaction, so a failing migration leaves nothing behind. Throws that failure.
 */
export async function migrate({ db }: Pick<Database, "db">): Promise<string[]> {
  const { error, results } = await migratorOf(db).migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error("the migration failed", { cause: error });
  return (results ?? []).filter((one) => one.status === "Success").map((one) => one.migrationName);
}

/** Names of the migrations that this release knows and the database has not. Changes nothing. */
export async function pendingMigrations({ db }: Pick<Database, "db">): Promise<string[]> {
  const all = await migratorOf(db).getMigrations();
  return all.filter((one) => one.executedAt === undefined).map((one) => one.name);
}

function migratorOf(db: Database["db"]): Migrator {
  return new Migrator({
    db: db as unknown as Kysely<unknown>,
    provider: { getMigrations: async () => migrations },
  });
}
