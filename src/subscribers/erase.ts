import { recordConsent } from "../consent/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { suppress } from "../suppression/index.ts";
import { readHeld } from "./preferences.ts";
import { deleteRequestsOf, lockByUid, type Subscriber, updateSubscriber } from "./queries.ts";
import { SUBSCRIBER_STATUSES } from "./words.ts";

/** Erases a reader at their own wish, at once. Throws `NotFoundError` for a token that opens nothing. */
export async function eraseSelf(ctx: Context, token: string): Promise<void> {
  const { uid } = await readHeld(ctx, token);
  await eraseByUid(ctx, uid, "preferences");
}

/** Erases a subscriber; false when there is none. */
export function eraseByUid(ctx: Context, uid: string, form: "preferences" | "admin"): Promise<boolean> {
  return transaction(ctx, async (tx) => {
    const subscriber = await lockByUid(tx.db, tx.engine, uid);
    if (!subscriber) return false;
    if (subscriber.status !== "erased") await erase(tx, subscriber, form);
    return true;
  });
}

/**
 * Forgets the address and keeps a keyed hash of it, so that no import or form brings it back against the person's wish
 * (GDPR 17(3)(b); the hash names nobody). The consent ledger stays, without a name.
 */
async function erase(tx: TxContext, subscriber: Subscriber, form: string): Promise<void> {
  if (subscriber.address_index) {
    await suppress(tx, subscriber.address_index, "erased");
    await deleteRequestsOf(tx.db, subscriber.address_index);
  }
  await updateSubscriber(tx.db, subscriber.id, SUBSCRIBER_STATUSES, {
    status: "erased",
    address: null,
    address_index: null,
    source: null,
    left_at: tx.clock(),
  });
  await recordConsent(tx, { subscriberId: subscriber.id, kind: "erased", form });
}
