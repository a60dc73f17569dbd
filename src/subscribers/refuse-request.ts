import { recordConsent } from "../consent/index.ts";
import type { Context } from "../context.ts";
import type { TxContext } from "../db/transaction.ts";
import { transaction } from "../db/transaction.ts";
import { deleteUnconfirmed, lockByUid, type Subscriber, updateSubscriber } from "./queries.ts";
import { readReaderToken } from "./reader-token.ts";

/** Whether this is a genuine "this wasn't me" token; changes nothing. */
export async function isNotMeToken(ctx: Context, token: string): Promise<boolean> {
  return (await readReaderToken(ctx, "not-me", token)) !== null;
}

/** "This wasn't me": forgets an unconfirmed request in one step. False when the token is not genuine. */
export async function refuseRequest(ctx: Context, token: string): Promise<boolean> {
  const claims = await readReaderToken(ctx, "not-me", token);
  if (!claims) return false;
  await transaction(ctx, async (tx) => {
    const subscriber = await lockByUid(tx.db, tx.engine, claims.uid);
    if (subscriber?.status === "pending") await forgetRequest(tx, subscriber);
  });
  return true;
}

/** Ends an unconfirmed request: whoever had left before stands as left again, anyone else is forgotten. */
export async function forgetRequest(tx: TxContext, subscriber: Subscriber): Promise<void> {
  if (subscriber.left_at === null) return deleteUnconfirmed(tx.db, subscriber.id);
  await updateSubscriber(tx.db, subscriber.id, ["pending"], { status: "unsubscribed" });
  await recordConsent(tx, { subscriberId: subscriber.id, kind: "withdrawn", form: "unconfirmed" });
}
