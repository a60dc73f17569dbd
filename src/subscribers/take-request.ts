import { recordConsent } from "../consent/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { queueMail } from "../delivery/index.ts";
import { isSuppressed } from "../suppression/index.ts";
import { packTopics } from "../topics/index.ts";
import { readAddress } from "./address.ts";
import { DAY_MS, hit } from "./limit.ts";
import { freezeReaderMail } from "./mails.ts";
import {
  findRequest,
  insertSubscriber,
  lockByIndex,
  type Subscriber,
  type SubscriptionRequestRow,
  takeRequestRow,
  updateSubscriber,
} from "./queries.ts";
import type { Wishes } from "./request-subscription.ts";

/**
 * Applies one sign-up, once. New and departed readers become pending and are sent a confirmation; a pending one is sent
 * another; an active one is told that they are subscribed already; a suppressed address hears nothing. At most three
 * confirmations go to one mailbox in 24 hours.
 */
export async function takeRequest(ctx: Context, requestId: number): Promise<void> {
  await ctx.vault.ready();
  const seen = await findRequest(ctx.db, requestId);
  if (!seen) return;
  const { locale } = wishesOf(seen);
  const confirm = await freezeReaderMail(ctx, "confirm", { locale, discreet: 0 });
  const already = await freezeReaderMail(ctx, "already-subscribed", { locale, discreet: 0 });
  await transaction(ctx, async (tx) => {
    const row = await takeRequestRow(tx.db, requestId);
    if (!row || (await isSuppressed(tx.db, row.address_index))) return;
    await tx.engine.serialise(tx.db, `subscriber ${row.address_index}`);
    const subscriber = await lockByIndex(tx.db, tx.engine, row.address_index);
    if (subscriber?.status === "active") return remind(tx, row, subscriber, already);
    await invite(tx, row, subscriber, confirm);
  });
}

function wishesOf(row: SubscriptionRequestRow): Wishes {
  return JSON.parse(row.request) as Wishes;
}

async function remind(tx: TxContext, row: SubscriptionRequestRow, subscriber: Subscriber, variantId: number) {
  const allowed = await hitMailbox(tx, row, "already subscribed", 1);
  if (allowed) await queueMail(tx, "already-subscribed", subscriber.id, variantId);
}

async function invite(tx: TxContext, row: SubscriptionRequestRow, before: Subscriber | undefined, variantId: number) {
  const wishes = wishesOf(row);
  const id = await becomePending(tx, row, before, wishes);
  await recordConsent(tx, {
    subscriberId: id,
    kind: "requested",
    form: wishes.form,
    wordingLocale: wishes.locale,
    detail: { topics: wishes.topics, cadence: wishes.cadence, source: wishes.source ?? null },
  });
  const allowed = await hitMailbox(tx, row, "confirmation", tx.config.limits.confirmationsPerDay);
  if (allowed) await queueMail(tx, "confirm", id, variantId);
}

async function becomePending(
  tx: TxContext,
  row: SubscriptionRequestRow,
  before: Subscriber | undefined,
  wishes: Wishes,
) {
  const wished = {
    status: "pending",
    address: row.address,
    topics: packTopics(wishes.topics),
    cadence: wishes.cadence,
    timezone: wishes.timezone,
    locale: wishes.locale,
    source: wishes.source ?? null,
    created_at: tx.clock(),
  } as const;
  if (!before) return insertSubscriber(tx.db, { ...wished, uid: tx.newId(), address_index: row.address_index });
  await updateSubscriber(tx.db, before.id, [before.status], wished);
  return before.id;
}

/** Counted by mailbox, so that `+tags` do not multiply what one person is sent. */
async function hitMailbox(tx: TxContext, row: SubscriptionRequestRow, purpose: string, max: number): Promise<boolean> {
  const { mailbox } = readAddress(tx.vault.open(row.address));
  return (await hit(tx, { purpose, value: mailbox, max, windowMs: DAY_MS })) === 0;
}
