import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import { postAlertJob } from "./jobs.ts";
import { type AlertRow, insertAlert } from "./queries.ts";
import type { AlertKind } from "./words.ts";

export interface NewAlert {
  kind: AlertKind;
  /** The uid of a digest; empty: everything. */
  about: string;
  /** Words without an address. */
  reason: string;
  /** When it is tried again by itself, milliseconds since 1970; null: a person acts first. */
  until: number | null;
}

/** Says once for each cause that sending stopped: in the log, at the desk, in the metrics and to `ALERT_WEBHOOK_URL`. */
export function raiseAlert(ctx: Context | TxContext, alert: NewAlert): Promise<AlertRow> {
  return transaction(ctx, async (tx) => {
    const now = tx.clock();
    const row = await insertAlert(tx.db, { ...alert, uid: tx.newId(), count: 1, raised_at: now, last_at: now });
    if (row.count > 1) return row;
    const { kind, about, reason } = alert;
    tx.log.error({ kind, about: about || "everything", reason }, "sending stopped");
    if (tx.config.alerts) await nudge(tx, postAlertJob(row.id));
    return row;
  });
}
