import { existsSync } from "node:fs";
import { statfs } from "node:fs/promises";
import { dirname } from "node:path";
import type { Config } from "../../config.ts";
import type { Database } from "../../db/database.ts";
import { pendingMigrations } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open.ts";
import { openVault } from "../../vault/index.ts";
import { checkAlerts } from "./alerts.ts";
import { type Finding, fail, finding, ok, warn } from "./finding.ts";
import { checkLedgers } from "./ledgers.ts";
import { checkSources } from "./sources.ts";

const MB = 1024 * 1024;

/** Database, its schema and integrity, the keys it was written with, room on the disk, and if asked every ledger. */
export async function checkStores(config: Config, ledgers: boolean): Promise<Finding[]> {
  const place = config.database;
  if (place.engine === "sqlite" && !existsSync(place.path)) {
    return [warn("database", `${place.path} does not exist yet; the first start or \`migrate\` makes it`)];
  }
  const advice = "see DATABASE_URL";
  let database: Database | undefined;
  const reached = await finding("database", advice, async () => {
    database = await openDatabase(place);
    const bytes = await database.engine.size(database.db);
    return ok("database", `${database.engine.name} answers, ${Math.ceil(bytes / MB)} MB`);
  });
  if (!database || reached.state === "fail") return [reached];
  try {
    return [
      reached,
      ...(await checkContent(config, database)),
      ...(await checkDisk(config)),
      ...(ledgers ? await checkLedgers(database) : []),
    ];
  } finally {
    await database.close();
  }
}

async function checkContent(config: Config, database: Database): Promise<Finding[]> {
  const pending = await finding("migrations", "see DATABASE_URL", async () => {
    const names = await pendingMigrations(database);
    if (names.length === 0) return ok("migrations", "all applied");
    return warn("migrations", `${names.length} not applied; the next start or \`migrate\` does it`);
  });
  if (pending.state !== "ok") return [pending];
  const integrity = await finding("integrity", "restore a backup", async () => {
    const verdict = await database.engine.integrity(database.db);
    return verdict === "ok" ? ok("integrity", "sound") : fail("integrity", `${verdict}; restore a backup`);
  });
  const keys = await finding(
    "keys",
    "put the key that this database was written with back into DATA_KEYS",
    async () => {
      await openVault({ database, dataKeys: config.dataKeys, clock: Date.now });
      return ok("keys", "DATA_KEYS opens this database");
    },
  );
  return [pending, integrity, keys, ...(await checkSources(config, database)), ...(await checkAlerts(database))];
}

async function checkDisk({ database: place }: Config): Promise<Finding[]> {
  if (place.engine !== "sqlite") return [];
  const { bavail, bsize } = await statfs(dirname(place.path));
  const free = Math.floor((bavail * bsize) / MB);
  if (free < 100) return [fail("disk", `${free} MB free where the database is; make room`)];
  return [
    free < 1024
      ? warn("disk", `${free} MB free where the database is`)
      : ok("disk", `${Math.floor(free / 1024)} GB free`),
  ];
}
