import type { Database } from "../../db/database.ts";
import { pendingMigrations } from "../../db/migrate.ts";
import { auditLedgers } from "../../digests/index.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** Whether every candidate of every digest is accounted for. Takes as long as reading every delivery does. */
export async function checkLedgers(database: Database): Promise<Finding[]> {
  if ((await pendingMigrations(database)).length > 0) {
    return [warn("ledgers", "not looked at before the migrations are applied")];
  }
  const { digests, faults } = await auditLedgers(database);
  if (faults.length === 0) {
    return [ok("ledgers", `${digests} begun: candidates are deliveries and those left out, counters equal rows`)];
  }
  return faults.map(({ digest, text }) => fail("ledgers", `digest ${digest}: ${text}; restore a backup or report it`));
}
