import type { Context } from "../context.ts";
import { type AlertRow, countOpen, openAlertRows, recentAlertRows } from "./queries.ts";
import type { AlertKind } from "./words.ts";

/** What stopped sending, or did. */
export interface Alert {
  id: string;
  kind: AlertKind;
  /** Null: everything. */
  digest: string | null;
  reason: string;
  /** How often it was met. */
  count: number;
  raisedAt: number;
  lastAt: number;
  /** When it is tried again by itself; null: a person acts first. */
  triesAgainAt: number | null;
  clearedAt: number | null;
  /** Null while it is open, and when it was seen to be over. */
  clearedBy: string | null;
}

const RECENT = 100;

/** Open alerts, newest first; with `all`, the last hundred of all. */
export async function listAlerts({ db }: Pick<Context, "db">, { all = false } = {}): Promise<Alert[]> {
  return (all ? await recentAlertRows(db, RECENT) : await openAlertRows(db)).map(toAlert);
}

/** Open alerts by kind, for operators. */
export async function countAlerts({ db }: Pick<Context, "db">): Promise<Record<string, number>> {
  return Object.fromEntries(await countOpen(db));
}

export function toAlert(row: AlertRow): Alert {
  return {
    id: row.uid,
    kind: row.kind,
    digest: row.about === "" ? null : row.about,
    reason: row.reason,
    count: row.count,
    raisedAt: row.raised_at,
    lastAt: row.last_at,
    triesAgainAt: row.cleared_at === null ? row.until : null,
    clearedAt: row.cleared_at,
    clearedBy: row.cleared_by,
  };
}
