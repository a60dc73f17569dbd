import { z } from "zod";
import { listConsentEvents } from "../consent/index.ts";
import type { Context } from "../context.ts";
import { NotFoundError } from "../errors.ts";
import { unpackTopics } from "../topics/index.ts";
import { readAddress } from "./address.ts";
import { countByStatus, findByIndex, pageOfSubscribers, type SubscriberFilter } from "./list-queries.ts";
import { findByUid, type Subscriber } from "./queries.ts";
import { CADENCES, LOCALES, SUBSCRIBER_STATUSES } from "./words.ts";

const Time = z.iso.datetime().nullable();

/** A subscriber as editors see them. `email` is there only for those who may see addresses. */
export const SubscriberView = z.object({
  id: z.string(),
  email: z.string().nullable().optional(),
  status: z.enum(SUBSCRIBER_STATUSES),
  /** Empty means every topic. */
  topics: z.array(z.string()),
  cadence: z.enum(CADENCES),
  timezone: z.string(),
  locale: z.enum(LOCALES),
  discreet: z.boolean(),
  pausedUntil: Time,
  source: z.string().nullable(),
  createdAt: z.iso.datetime(),
  confirmedAt: Time,
  leftAt: Time,
});
export type SubscriberView = z.infer<typeof SubscriberView>;

export interface ListOptions extends Partial<SubscriberFilter> {
  after?: number;
  limit?: number;
  /** Whether the one who asks may see addresses. */
  addresses: boolean;
}

/** A page of subscribers in key order; `after` is the `next` of the page before. */
export async function listSubscribers(
  ctx: Context,
  { after = 0, limit = 100, status = null, topic = null, addresses }: ListOptions,
): Promise<{ subscribers: SubscriberView[]; next: number | null }> {
  if (addresses) await ctx.vault.ready();
  const rows = await pageOfSubscribers(ctx.db, { status, topic }, after, limit);
  const next = rows.length === limit ? (rows.at(-1)?.id ?? null) : null;
  return { subscribers: rows.map((row) => view(ctx, row, addresses)), next };
}

/** One subscriber with the ledger of what they agreed to. Throws `NotFoundError`. */
export async function getSubscriber(ctx: Context, uid: string, { addresses }: { addresses: boolean }) {
  if (addresses) await ctx.vault.ready();
  const row = await findByUid(ctx.db, uid);
  if (!row) throw new NotFoundError("There is no subscriber of that id.");
  const events = await listConsentEvents(ctx.db, row.id);
  const consent = events.map(({ at, detail, ...event }) => ({
    ...event,
    at: new Date(at).toISOString(),
    detail: JSON.parse(detail) as unknown,
  }));
  return { ...view(ctx, row, addresses), consent };
}

/** The subscriber of exactly this address. Throws `InvalidError` for what is no address, `NotFoundError`. */
export async function findSubscriber(ctx: Context, email: string): Promise<SubscriberView> {
  await ctx.vault.ready();
  const row = await findByIndex(ctx.db, ctx.vault.index(readAddress(email).canonical));
  if (!row) throw new NotFoundError("There is no subscriber of that address.");
  return view(ctx, row, true);
}

/** How many subscribers stand in each status. */
export async function countSubscribers(ctx: Context): Promise<Record<string, number>> {
  const counted = new Map((await countByStatus(ctx.db)).map((row) => [row.status, row.count]));
  return Object.fromEntries(SUBSCRIBER_STATUSES.map((status) => [status, counted.get(status) ?? 0]));
}

function view(ctx: Context, row: Subscriber, addresses: boolean): SubscriberView {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id: row.uid,
    ...(addresses ? { email: row.address === null ? null : ctx.vault.open(row.address) } : {}),
    status: row.status,
    topics: unpackTopics(row.topics),
    cadence: row.cadence,
    timezone: row.timezone,
    locale: row.locale as SubscriberView["locale"],
    discreet: row.discreet === 1,
    pausedUntil: time(row.paused_until),
    source: row.source,
    createdAt: new Date(row.created_at).toISOString(),
    confirmedAt: time(row.confirmed_at),
    leftAt: time(row.left_at),
  };
}
