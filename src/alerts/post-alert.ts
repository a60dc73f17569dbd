import { Webhook } from "standardwebhooks";
import type { Context } from "../context.ts";
import { nudge } from "../db/transaction.ts";
import { UnavailableError } from "../errors.ts";
import { postAlertJob } from "./jobs.ts";
import { type AlertRow, findAlert, markPosted, unpostedAlerts } from "./queries.ts";

const TIMEOUT_MS = 10_000;
/** What nobody took for a day is old news. */
const OLDEST_MS = 86_400_000;
/** Younger ones have their own job under way. */
const YOUNGEST_MS = 60_000;

/**
 * Tells `ALERT_WEBHOOK_URL` of an alert, signed as Standard Webhooks has it; the alert's uid is the message's id, so a
 * repeated one is recognised. Throws `UnavailableError` when it is not taken, for the queue to try again.
 */
export async function postAlert(ctx: Context, id: number): Promise<void> {
  const { alerts } = ctx.config;
  const alert = alerts && (await findAlert(ctx.db, id));
  if (!alert || alert.posted_at !== null) return;
  const body = JSON.stringify(toNotice(alert));
  const at = new Date(ctx.clock());
  const answer = await fetch(alerts.url, {
    method: "POST",
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      "content-type": "application/json",
      "webhook-id": alert.uid,
      "webhook-timestamp": String(Math.floor(at.getTime() / 1000)),
      "webhook-signature": new Webhook(alerts.secret).sign(alert.uid, at, body),
    },
    body,
  });
  await answer.body?.cancel();
  if (!answer.ok) throw new UnavailableError(`the alert webhook answered ${answer.status}`);
  await markPosted(ctx.db, id, ctx.clock());
}

function toNotice({ uid, kind, about, reason, raised_at, until }: AlertRow) {
  const data = { id: uid, kind, digest: about === "" ? null : about, reason, triesAgainAt: iso(until) };
  return { type: "alert.raised", timestamp: iso(raised_at), data };
}

function iso(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}

/** Nudges alerts that the webhook has not taken. */
export async function sweepAlerts(ctx: Context): Promise<void> {
  if (!ctx.config.alerts) return;
  const now = ctx.clock();
  await nudge(ctx, (await unpostedAlerts(ctx.db, now - OLDEST_MS, now - YOUNGEST_MS)).map(postAlertJob));
}
