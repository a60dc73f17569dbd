import { type Kysely, Migrator } from "kysely";
import { migrations } from "../../migrations/index.ts";
import type { Database } from "./database.ts";

/**
 * Brings the schema up to date and gives the names of what was applied. Two processes may call it at once: one waits
 * for the other. All of it is one transaction, so a failing migration leaves nothing behind. Throws that failure.
 */
export async function migrate({ db }: Pick<Database, "db">): Promise<string[]> {
  const migrator = new Migrator({
    db: db as unknown as Kysely<unknown>,
    provider: { getMigrations: async () => migrations },
  });
  const { error, results } = await migrator.migrateToLatest();
  if (error) throw error instanceof Error ? error : new Error("the migration failed", { cause: error });
  return (results ?? []).filter((one) => one.status === "Success").map((one) => one.migrationName);
}
