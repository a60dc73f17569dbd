import type { Context } from "../context.ts";
import type { Db } from "../db/database.ts";
import { NotFoundError } from "../errors.ts";
import { exclusionPageAt } from "./exclusion-queries.ts";
import type { LedgerStatus } from "./ledger.ts";
import { unpackIds } from "./pack-ids.ts";
import { audienceOf, type Digest, tallies } from "./queries.ts";
import { deliveriesOfReader, findReader, namesExcluded, startedDigests } from "./reader-digest-queries.ts";
import { type Fate, sayFate } from "./say-fate.ts";
import type { DigestMode, DigestStatus } from "./words.ts";

/** What became of one digest for one reader. */
export interface ReaderDigest extends Fate {
  digest: {
    id: string;
    status: DigestStatus;
    mode: DigestMode;
    subject: string | null;
    startedAt: string | null;
  };
  submittedAt: string | null;
  /** When the provider last said something of it. */
  eventAt: string | null;
  /** All of it in an English sentence. */
  text: string;
}

/**
 * Why a reader did or did not get each digest, newest first: `before` is the `next` of the page before. Throws
 * `NotFoundError`.
 */
export async function readerDigests(
  ctx: Context,
  uid: string,
  { before = null, limit = 20 }: { before?: number | null; limit?: number } = {},
): Promise<{ digests: ReaderDigest[]; next: number | null }> {
  const reader = await findReader(ctx.db, uid);
  if (!reader) throw new NotFoundError("There is no subscriber of that id.");
  const rows = await startedDigests(ctx.db, before, limit);
  const ids = rows.map((row) => row.id);
  const deliveries = new Map((await deliveriesOfReader(ctx.db, reader.id, ids)).map((row) => [row.digest_id, row]));
  const digests: ReaderDigest[] = [];
  for (const digest of rows) digests.push(await describe(ctx.db, digest, reader, deliveries.get(digest.id)));
  return { digests, next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}

type Reader = NonNullable<Awaited<ReturnType<typeof findReader>>>;
type Delivery = Awaited<ReturnType<typeof deliveriesOfReader>>[number];

async function describe(db: Db, digest: Digest, reader: Reader, delivery?: Delivery): Promise<ReaderDigest> {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const fate: Fate = delivery
    ? { outcome: delivery.status, reason: delivery.reason }
    : await withoutDelivery(db, digest, reader);
  return {
    digest: {
      id: digest.uid,
      status: digest.status,
      mode: digest.mode,
      subject: digest.subject,
      startedAt: time(digest.started_at),
    },
    ...fate,
    submittedAt: time(delivery?.submitted_at ?? null),
    eventAt: time(delivery?.event_at ?? null),
    text: sayFate(fate),
  };
}

async function withoutDelivery(db: Db, digest: Digest, reader: Reader): Promise<Fate> {
  if (digest.planned_at === null && reader.id > digest.planned_to) {
    const reason = digest.status === "cancelled" ? "cancelled" : null;
    return { outcome: "undecided", reason };
  }
  const page = await exclusionPageAt(db, digest.id, reader.id);
  const excluded = page.find((row) => unpackIds(row.readers).includes(reader.id));
  if (excluded) return { outcome: "excluded", reason: excluded.reason };
  if (await isFromBefore(db, digest)) return { outcome: "not-recorded", reason: null };
  return { outcome: "not-a-candidate", reason: whyNoCandidate(digest, reader) };
}

/** Planned by a version that counted those it left out and did not keep who they were. */
async function isFromBefore(db: Db, digest: Digest): Promise<boolean> {
  const { excluded } = await tallies(db, digest.id);
  return excluded.some((row) => row.count > 0) && !(await namesExcluded(db, digest.id));
}

/** As far as the reader's settings of today tell it; they may have been others then. */
function whyNoCandidate(digest: Digest, reader: Reader): string {
  const started = digest.started_at ?? 0;
  const { cadence, timezones } = audienceOf(digest);
  if (digest.mode === "correction") return "not-told";
  if (reader.confirmed_at === null) return "never-confirmed";
  if (reader.confirmed_at > started) return "joined-later";
  if (reader.status !== "active") return (reader.left_at ?? 0) <= (digest.planned_at ?? started) ? "left" : "unknown";
  if (cadence !== null && cadence !== reader.cadence) return "other-cadence";
  if (timezones !== null && !timezones.includes(reader.timezone)) return "other-timezone";
  return "unknown";
}

/** What a reader's line of a digest can be: a line of its ledger, or one that stands in no ledger. */
export const READER_OUTCOMES = ["undecided", "not-recorded", "not-a-candidate"] as const;
export type ReaderOutcome = LedgerStatus | (typeof READER_OUTCOMES)[number];
