import type { Context } from "../context.ts";
import { countSkipped } from "../delivery/index.ts";
import { type Estimate, estimateOf } from "./estimate.ts";
import { seqsOf } from "./events.ts";
import { subjectOf } from "./preview-digest.ts";
import { type Digest, listDigests, tallies } from "./queries.ts";
import { getDigestRow } from "./send-digest.ts";
import type { DigestMode, DigestStatus } from "./words.ts";

/** What an edition is, fixed when it starts. */
interface Fixed {
  /** The editor's own, or the one made from the most important item; null in lists and while there is nothing to tell. */
  subject: string | null;
  intro: string | null;
  cadence: string | null;
  mode: DigestMode;
  /** Event numbers. */
  events: number[];
}

export interface DigestReport extends Fixed, Estimate {
  id: string;
  status: DigestStatus;
  reason?: string;
  /** RFC 3339, UTC. */
  createdAt: string;
  sendAt: string | null;
  startedAt: string | null;
  plannedAt: string | null;
  finishedAt: string | null;
  counts: DigestCounts;
  /** Why deliveries were skipped: adds up to `counts.skipped`. */
  skippedBecause: Record<string, number>;
}

export interface DigestCounts {
  /** Readers decided: as many as there are deliveries and exclusions. */
  candidates: number;
  excluded: Record<string, number>;
  queued: number;
  submitted: number;
  delivered: number;
  bounced: number;
  complained: number;
  failed: number;
  unknown: number;
  skipped: number;
}

/** A digest's state, counts and progress. Counts are kept, not counted. Throws `NotFoundError`. */
export async function getDigest(ctx: Context, uid: string): Promise<DigestReport> {
  const digest = await getDigestRow(ctx, uid);
  return { ...(await report(ctx, digest)), subject: await subjectOf(ctx, digest) };
}

/** What of a digest changes while it goes out, read from a few rows. Throws `NotFoundError`. */
export async function getProgress(ctx: Context, uid: string) {
  return progressOf(ctx, await getDigestRow(ctx, uid));
}

/** Digests, newest first; `before` is the `next` of the page before. */
export async function listDigestReports(
  ctx: Context,
  {
    before = null,
    limit = 20,
    status = null,
  }: { before?: number | null; limit?: number; status?: DigestStatus | null },
): Promise<{ digests: DigestReport[]; next: number | null }> {
  const rows = await listDigests(ctx.db, { before, limit, status });
  const digests: DigestReport[] = [];
  for (const row of rows) digests.push(await report(ctx, row));
  return { digests, next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}

async function report(ctx: Context, digest: Digest): Promise<DigestReport> {
  const { subject, intro, cadence, mode } = digest;
  return { subject, intro, cadence, mode, events: await seqsOf(ctx, digest), ...(await progressOf(ctx, digest)) };
}

async function progressOf(ctx: Context, digest: Digest): Promise<Omit<DigestReport, keyof Fixed>> {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const counts = await countsOf(ctx, digest);
  const skipped = await countSkipped(ctx.db, digest.id);
  return {
    id: digest.uid,
    status: digest.status,
    ...(digest.reason === null ? {} : { reason: digest.reason }),
    createdAt: time(digest.created_at) as string,
    sendAt: time(digest.send_at),
    startedAt: time(digest.started_at),
    plannedAt: time(digest.planned_at),
    finishedAt: time(digest.finished_at),
    counts,
    skippedBecause: Object.fromEntries(skipped.map((row) => [row.reason, row.count])),
    ...(digest.status === "sending" ? await estimateOf(ctx, digest, counts) : {}),
  };
}

async function countsOf(ctx: Context, digest: Digest): Promise<DigestCounts> {
  const { statuses, excluded } = await tallies(ctx.db, digest.id);
  const of = (status: string) => statuses.find((row) => row.status === status)?.count ?? 0;
  return {
    candidates: digest.candidates,
    excluded: Object.fromEntries(excluded.map((row) => [row.reason, row.count])),
    queued: of("queued"),
    submitted: of("submitted"),
    delivered: of("delivered"),
    bounced: of("bounced"),
    complained: of("complained"),
    failed: of("failed"),
    unknown: of("unknown"),
    skipped: of("skipped"),
  };
}
