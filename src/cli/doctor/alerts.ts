import { listAlerts } from "../../alerts/index.ts";
import type { Database } from "../../db/database.ts";
import { listUnknown } from "../../delivery/index.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** What stopped sending, and what waits for a person to decide. */
export async function checkAlerts({ db }: Database): Promise<Finding[]> {
  const alerts = await listAlerts({ db });
  const unknown = (await listUnknown({ db })).reduce((sum, one) => sum + one.count, 0);
  const open = alerts.map(({ kind, reason, raisedAt }) =>
    fail("alert", `${kind} since ${new Date(raisedAt).toISOString().slice(0, 16)}Z: ${reason}`),
  );
  const waiting = warn("unknown", `${unknown} messages of unknown outcome; a person decides at /admin/unknown`);
  return [...(open.length > 0 ? open : [ok("alerts", "none")]), ...(unknown > 0 ? [waiting] : [])];
}
