import { listConsentEvents, recordConsent } from "../consent/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { NotFoundError } from "../errors.ts";
import { parse } from "../parse.ts";
import { checkTopics, packTopics, unpackTopics } from "../topics/index.ts";
import { DAY_MS } from "./limit.ts";
import { findByUid, lockByUid, type Subscriber, updateSubscriber } from "./queries.ts";
import { readReaderToken } from "./reader-token.ts";
import { Preferences } from "./schemas.ts";

/**
 * The subscriber that a preferences token opens, whether or not they still read: whoever left may still ask what is held
 * and have it erased. Throws `NotFoundError` for any other token and once nothing is held any more.
 */
export async function readHeld(ctx: Context, token: string): Promise<Subscriber> {
  const claims = await readReaderToken(ctx, "preferences", token);
  const subscriber = claims ? await findByUid(ctx.db, claims.uid) : undefined;
  if (!subscriber || subscriber.status === "erased")
    throw new NotFoundError("This link does not open any preferences.");
  return subscriber;
}

/** The active subscriber that a preferences token opens. Throws `NotFoundError` for any other token and departed readers. */
export async function readPreferences(ctx: Context, token: string): Promise<Subscriber> {
  const subscriber = await readHeld(ctx, token);
  if (subscriber.status !== "active") throw new NotFoundError("This link does not open any preferences.");
  return subscriber;
}

/**
 * Changes topics, cadence, time zone, locale, discreet mode or pause. The reader's place among the article events stays
 * as it is, so nothing repeats and nothing is lost. Throws `InvalidError` for a choice that cannot be.
 */
export async function updatePreferences(ctx: Context, token: string, input: unknown): Promise<Subscriber> {
  const { uid } = await readPreferences(ctx, token);
  const wishes = parse(Preferences, input);
  await checkTopics(ctx.db, wishes.topics);
  return transaction(ctx, async (tx) => {
    const subscriber = await lockByUid(tx.db, tx.engine, uid);
    if (!subscriber) throw new NotFoundError("This link does not open any preferences.");
    return apply(tx, subscriber, wishes);
  });
}

async function apply(tx: TxContext, subscriber: Subscriber, wishes: Preferences): Promise<Subscriber> {
  const change = {
    topics: packTopics(wishes.topics),
    cadence: wishes.cadence,
    timezone: wishes.timezone,
    locale: wishes.locale,
    discreet: wishes.discreet ? (1 as const) : (0 as const),
    paused_until: pausedUntil(tx.clock(), subscriber, wishes.pauseWeeks),
  };
  await updateSubscriber(tx.db, subscriber.id, ["active"], change);
  await recordConsent(tx, {
    subscriberId: subscriber.id,
    kind: "changed",
    form: "preferences",
    detail: { ...change, topics: wishes.topics },
  });
  return { ...subscriber, ...change };
}

function pausedUntil(now: number, { paused_until }: Subscriber, weeks: number | undefined): number | null {
  if (weeks === undefined) return paused_until !== null && paused_until > now ? paused_until : null;
  return weeks === 0 ? null : now + weeks * 7 * DAY_MS;
}

/** Everything held about a reader, in plain words for them to keep (GDPR 15 and 20). Times are RFC 3339. */
export async function exportReader(ctx: Context, token: string) {
  const subscriber = await readHeld(ctx, token);
  await ctx.vault.ready();
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const events = await listConsentEvents(ctx.db, subscriber.id);
  return {
    email: subscriber.address ? ctx.vault.open(subscriber.address) : null,
    status: subscriber.status,
    topics: unpackTopics(subscriber.topics),
    cadence: subscriber.cadence,
    timezone: subscriber.timezone,
    locale: subscriber.locale,
    discreet: subscriber.discreet === 1,
    pausedUntil: time(subscriber.paused_until),
    source: subscriber.source,
    requestedAt: time(subscriber.created_at),
    confirmedAt: time(subscriber.confirmed_at),
    consent: events.map((event) => ({ ...event, at: time(event.at), detail: JSON.parse(event.detail) as unknown })),
  };
}
