import type { Context } from "../context.ts";
import { seqsOf } from "./events.ts";
import { subjectOf } from "./preview-digest.ts";
import { type Digest, listDigests, tallies } from "./queries.ts";
import { getDigestRow } from "./send-digest.ts";
import type { DigestMode, DigestStatus } from "./words.ts";

export interface DigestReport {
  id: string;
  status: DigestStatus;
  reason?: string;
  /** The editor's own, or the one made from the most important item; null in lists and while there is nothing to tell. */
  subject: string | null;
  intro: string | null;
  cadence: string | null;
  mode: DigestMode;
  /** Event numbers. */
  events: number[];
  /** RFC 3339, UTC. */
  createdAt: string;
  sendAt: string | null;
  startedAt: string | null;
  plannedAt: string | null;
  finishedAt: string | null;
  counts: DigestCounts;
  /** Messages handed over a second since the start, while sending. */
  perSecond?: number;
  /** Until the last is handed over at that rate, once the audience is known. */
  secondsLeft?: number;
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
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  const counts = await countsOf(ctx, digest);
  return {
    id: digest.uid,
    status: digest.status,
    ...(digest.reason === null ? {} : { reason: digest.reason }),
    subject: digest.subject,
    intro: digest.intro,
    cadence: digest.cadence,
    mode: digest.mode,
    events: await seqsOf(ctx, digest),
    createdAt: time(digest.created_at) as string,
    sendAt: time(digest.send_at),
    startedAt: time(digest.started_at),
    plannedAt: time(digest.planned_at),
    finishedAt: time(digest.finished_at),
    counts,
    ...(digest.status === "sending" ? pace(ctx.clock(), digest, counts) : {}),
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

function pace(now: number, digest: Digest, counts: DigestCounts): { perSecond?: number; secondsLeft?: number } {
  const seconds = (now - (digest.started_at ?? now)) / 1000;
  const done = counts.submitted + counts.delivered + counts.bounced + counts.complained + counts.failed;
  if (seconds <= 0 || done === 0) return {};
  const perSecond = done / seconds;
  if (digest.planned_at === null) return { perSecond: round(perSecond) };
  return { perSecond: round(perSecond), secondsLeft: Math.ceil(counts.queued / perSecond) };
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
