import { closeAlert, openAlertRows } from "../alerts/index.ts";
import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { nudgeQueued } from "./reopen.ts";
import { acceptedSince, resumePausedFor, wasLeft } from "./stop-queries.ts";

/**
 * Takes away the alerts whose cause is seen to be gone: the provider took a message since, or the digest they are about
 * is over. Digests that wait for a daily quota go on then, and once an hour to ask whether it is back.
 */
export async function sweepStops(ctx: Context): Promise<void> {
  for (const alert of await openAlertRows(ctx.db)) {
    const isOver = await acceptedSince(ctx.db, alert.last_at, alert.about);
    const isClosed = isOver || (alert.about !== "" && (await wasLeft(ctx.db, alert.about)));
    if (isClosed) await close(ctx, alert.id, alert.last_at);
    const isDue = alert.until !== null && alert.until <= ctx.clock();
    if (alert.kind === "daily-quota" && (isOver || isDue)) await goOn(ctx, alert.reason);
  }
}

async function close(ctx: Context, id: number, lastAt: number): Promise<void> {
  const closed = await transaction(ctx, (tx) => closeAlert(tx.db, id, null, tx.clock(), lastAt));
  if (closed) ctx.log.info({ alert: id }, "what stopped sending is over");
}

async function goOn(ctx: Context, reason: string): Promise<void> {
  for (const digestId of await resumePausedFor(ctx.db, reason)) await nudgeQueued(ctx, digestId);
}
