import type { Context } from "../context.ts";
import { type DeliveryStatus, pageOfDeliveries } from "../delivery/index.ts";
import { owedCorrections } from "./correction-audience.ts";
import { decide } from "./decide.ts";
import { eventsFor, tellable } from "./events.ts";
import { alreadyTold, audienceOf, type Digest, pageOfReaders, relatedDigestIds, tallies } from "./queries.ts";
import { getDigestRow } from "./send-digest.ts";
import { cappedReaders } from "./weekly-cap.ts";

const PAGE = 2000;

/** Who gets a digest and who does not, by reason: as decided once it is planned, as it would be decided now before. */
export interface AudienceReport {
  /** False: a forecast, which each confirmation and departure until the send still changes. */
  frozen: boolean;
  candidates: number;
  receiving: number;
  excluded: Record<string, number>;
}

/** Throws `NotFoundError`. */
export async function audienceReport(ctx: Context, uid: string): Promise<AudienceReport> {
  const digest = await getDigestRow(ctx, uid);
  return digest.started_at === null ? forecast(ctx, digest) : decided(ctx, digest);
}

async function decided(ctx: Context, digest: Digest): Promise<AudienceReport> {
  const { excluded } = await tallies(ctx.db, digest.id);
  const out = excluded.reduce((sum, row) => sum + row.count, 0);
  return {
    frozen: digest.planned_at !== null,
    candidates: digest.candidates,
    receiving: digest.candidates - out,
    excluded: Object.fromEntries(excluded.map((row) => [row.reason, row.count])),
  };
}

/** Walks the audience with the very function that will decide it, and writes nothing. */
async function forecast(ctx: Context, digest: Digest): Promise<AudienceReport> {
  const { seqs, from } = await eventsFor(ctx, digest);
  const events = await tellable(ctx.db, seqs);
  const related = await relatedDigestIds(ctx.db, digest, seqs);
  const report: AudienceReport = { frozen: false, candidates: 0, receiving: 0, excluded: {} };
  for (let after = 0; ; ) {
    const readers = await pageOfReaders(ctx.db, audienceOf(digest), after, PAGE, false);
    const last = readers.at(-1)?.id;
    if (last === undefined) return report;
    const ids = readers.map((reader) => reader.id);
    const told = toldBy(await alreadyTold(ctx.db, related, ids));
    const owed = await owedCorrections(ctx.db, digest, events, ids[0] ?? 0, last);
    const capped = await cappedReaders(ctx, digest, readers);
    const { mode } = digest;
    const now = ctx.clock();
    for (const decision of decide({ readers, events, mode, told, owedCorrections: owed, from, capped, now })) {
      if ("seqs" in decision) report.receiving += 1;
      else report.excluded[decision.excluded] = (report.excluded[decision.excluded] ?? 0) + 1;
    }
    report.candidates += readers.length;
    after = last;
  }
}

/** Each reader's set of events from rows of reader and event list. */
export function toldBy(rows: { subscriber_id: number; events: string }[]): Map<number, Set<number>> {
  const told = new Map<number, Set<number>>();
  for (const { subscriber_id, events } of rows) {
    const set = told.get(subscriber_id) ?? new Set<number>();
    for (const seq of JSON.parse(events) as number[]) set.add(seq);
    told.set(subscriber_id, set);
  }
  return told;
}

/** A page of a digest's ledger in key order; `after` is the `next` of the page before. No address is in it. */
export async function deliveriesPage(
  ctx: Context,
  uid: string,
  { after = 0, limit = 100, status = null }: { after?: number; limit?: number; status?: DeliveryStatus | null },
) {
  const digest = await getDigestRow(ctx, uid);
  const rows = await pageOfDeliveries(ctx.db, digest.id, after, limit, status);
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const deliveries = rows.map(({ id, provider_id, submitted_at, event_at, ...row }) => ({
    id,
    ...row,
    providerId: provider_id,
    submittedAt: time(submitted_at),
    eventAt: time(event_at),
  }));
  return { deliveries, next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}
