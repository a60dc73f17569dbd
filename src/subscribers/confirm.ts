import { latestEventSeq } from "../articles/index.ts";
import { recordConsent } from "../consent/index.ts";
import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { queueMail } from "../delivery/index.ts";
import { HOUR_MS } from "./limit.ts";
import { CONFIRM_HOURS, freezeWelcome } from "./mails.ts";
import { findByUid, lockByUid, type Subscriber, updateSubscriber } from "./queries.ts";
import { readReaderToken } from "./reader-token.ts";

export type Confirmation =
  | { outcome: "confirmed" | "already"; subscriber: Subscriber }
  | { outcome: "expired" | "unknown" };

/** What pressing the button would do now; changes nothing. */
export async function lookAtConfirmation(ctx: Context, token: string): Promise<Confirmation> {
  const claims = await readReaderToken(ctx, "confirm", token);
  const subscriber = claims ? await findByUid(ctx.db, claims.uid) : undefined;
  if (!claims || !subscriber) return { outcome: "unknown" };
  if (ctx.clock() - claims.issuedAt > CONFIRM_HOURS * HOUR_MS) return { outcome: "expired" };
  if (subscriber.status === "active") return { outcome: "already", subscriber };
  return subscriber.status === "pending" ? { outcome: "confirmed", subscriber } : { outcome: "unknown" };
}

/**
 * Confirms a subscription by the token of a confirmation mail: the second half of double opt-in. The reader hears of
 * what happens from now on. Pressing twice confirms once.
 */
export async function confirm(ctx: Context, token: string): Promise<Confirmation> {
  const seen = await lookAtConfirmation(ctx, token);
  if (seen.outcome !== "confirmed") return seen;
  const variantId = await freezeWelcome(ctx, seen.subscriber);
  return transaction(ctx, async (tx) => {
    const subscriber = await lockByUid(tx.db, tx.engine, seen.subscriber.uid);
    if (!subscriber) return { outcome: "unknown" };
    const confirmed = await updateSubscriber(tx.db, subscriber.id, ["pending"], {
      status: "active",
      confirmed_at: tx.clock(),
      left_at: null,
      paused_until: null,
      soft_bounces: 0,
      watermark: await latestEventSeq(tx.db),
    });
    if (!confirmed) return { outcome: "already", subscriber };
    await recordConsent(tx, { subscriberId: subscriber.id, kind: "confirmed", form: "confirm" });
    await queueMail(tx, "welcome", subscriber.id, variantId);
    return { outcome: "confirmed", subscriber: { ...subscriber, status: "active" } };
  });
}
