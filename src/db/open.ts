import type { Config } from "../config.ts";
import type { Database } from "./database.ts";

/** Opens the configured database. The driver is loaded only when it is the one in use. */
export async function openDatabase(config: Config["database"], onError?: (error: Error) => void): Promise<Database> {
  if (config.engine === "sqlite") {
    const { openSqlite } = await import("./sqlite.ts");
    return openSqlite(config.path);
  }
  const { openPostgres } = await import("./postgres.ts");
  return openPostgres(config.url, onError ? { onError } : {});
}
