import { recordConsent } from "../consent/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { lockByUid, type Subscriber, updateSubscriber } from "./queries.ts";
import { readReaderToken } from "./reader-token.ts";

/** The door a reader leaves by. */
export type LeavingForm = "page" | "one-click" | "preferences" | "admin";

/**
 * Ends a subscription by the token of any mail, of any age. False when the token is not genuine; true otherwise, also
 * when the reader had left before. Never resubscribes and reveals nothing.
 */
export async function unsubscribe(ctx: Context, token: string, form: LeavingForm): Promise<boolean> {
  const claims = await readReaderToken(ctx, "unsubscribe", token);
  if (!claims) return false;
  await transaction(ctx, async (tx) => {
    const subscriber = await lockByUid(tx.db, tx.engine, claims.uid);
    if (subscriber) await leave(tx, subscriber, form);
  });
  return true;
}

/** Whether this is a genuine unsubscribe token; changes nothing. */
export async function isUnsubscribeToken(ctx: Context, token: string): Promise<boolean> {
  return (await readReaderToken(ctx, "unsubscribe", token)) !== null;
}

/** Ends a subscription that still stands. */
async function leave(tx: TxContext, subscriber: Subscriber, form: LeavingForm): Promise<void> {
  const left = await updateSubscriber(tx.db, subscriber.id, ["pending", "active"], {
    status: "unsubscribed",
    left_at: tx.clock(),
  });
  if (left) await recordConsent(tx, { subscriberId: subscriber.id, kind: "withdrawn", form });
}
