import type { Context } from "../context.ts";
import { countSkipped, type DeliveryStatus, refusedReaders } from "../delivery/index.ts";
import { owedCorrections } from "./correction-audience.ts";
import { decide } from "./decide.ts";
import { eventsFor, tellable } from "./events.ts";
import { alreadyTold, audienceOf, type Digest, pageOfReaders, relatedDigestIds, tallies } from "./queries.ts";
import { sayAudience } from "./say-audience.ts";
import { getDigestRow } from "./send-digest.ts";
import { cappedReaders } from "./weekly-cap.ts";
import type { DigestStatus } from "./words.ts";

const PAGE = 2000;

/** Who gets a digest and who does not, by reason: as decided once it is planned, as it would be decided now before. */
export interface AudienceReport {
  /** False: a forecast, which each confirmation and departure until the send still changes, or a part of the audience. */
  frozen: boolean;
  status: DigestStatus;
  candidates: number;
  receiving: number;
  /** Left out when the audience was decided. Candidates are those who receive and these, at every moment. */
  excluded: Record<string, number>;
  /** Where the deliveries of those who receive stand; null in a forecast. Their sum is `receiving`. */
  deliveries: Record<string, number> | null;
  /** Of the skipped, why: readers who left, were suppressed or had it cancelled after the audience was decided. */
  skipped: Record<string, number>;
  /** All of it in English sentences. */
  summary: string;
}

/** Throws `NotFoundError`. */
export async function audienceReport(ctx: Context, uid: string): Promise<AudienceReport> {
  const digest = await getDigestRow(ctx, uid);
  const counted =
    digest.started_at === null && digest.status !== "cancelled"
      ? await forecast(ctx, digest)
      : await decided(ctx, digest);
  return { ...counted, summary: sayAudience(counted) };
}

type Counted = Omit<AudienceReport, "summary">;

async function decided(ctx: Context, digest: Digest): Promise<Counted> {
  const { statuses, excluded } = await tallies(ctx.db, digest.id);
  const out = excluded.reduce((sum, row) => sum + row.count, 0);
  const counts = statuses.filter((row) => row.count > 0).map((row) => [row.status, row.count] as const);
  const skipped = counts.some(([status]) => status === "skipped") ? await countSkipped(ctx.db, digest.id) : [];
  return {
    frozen: digest.planned_at !== null || digest.status === "cancelled",
    status: digest.status,
    candidates: digest.candidates,
    receiving: digest.candidates - out,
    excluded: Object.fromEntries(excluded.map((row) => [row.reason, row.count])),
    deliveries: Object.fromEntries(counts) satisfies Partial<Record<DeliveryStatus, number>>,
    skipped: Object.fromEntries(skipped.map((row) => [row.reason, row.count])),
  };
}

/** Walks the audience with the very function that will decide it, and writes nothing. */
async function forecast(ctx: Context, digest: Digest): Promise<Counted> {
  const { seqs, from } = await eventsFor(ctx, digest);
  const events = await tellable(ctx.db, seqs);
  const related = await relatedDigestIds(ctx.db, digest, seqs);
  const excluded: Record<string, number> = {};
  let [candidates, receiving] = [0, 0];
  for (let after = 0; ; ) {
    const readers = await pageOfReaders(ctx.db, audienceOf(digest), after, PAGE, false);
    const last = readers.at(-1)?.id;
    if (last === undefined) break;
    const ids = readers.map((reader) => reader.id);
    const decisions = decide({
      readers,
      events,
      mode: digest.mode,
      told: toldBy(await alreadyTold(ctx.db, related, ids)),
      owedCorrections: await owedCorrections(ctx.db, digest, events, ids[0] ?? 0, last),
      from,
      capped: await cappedReaders(ctx, digest, readers),
      refused: await refusedReaders(ctx.db, ids[0] ?? 0, last),
      now: ctx.clock(),
    });
    for (const decision of decisions) {
      if ("seqs" in decision) receiving += 1;
      else excluded[decision.excluded] = (excluded[decision.excluded] ?? 0) + 1;
    }
    candidates += readers.length;
    after = last;
  }
  return { frozen: false, status: digest.status, candidates, receiving, excluded, deliveries: null, skipped: {} };
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
