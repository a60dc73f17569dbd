import { type Correction, correctVersion, listCorrections, noteCorrectionDigest } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { countSkipped, type DeliveryStatus } from "../delivery/index.ts";
import { NotFoundError } from "../errors.ts";
import type { Unreachable } from "./forecast-correction.ts";
import { addDigestEvent, findDigest, insertDigest, tallies } from "./queries.ts";
import { startDigest } from "./send-digest.ts";
import type { DigestStatus } from "./words.ts";

/** How far a correction got. `told` is the sum of all that follows it. */
export interface Reach {
  /** Whether every reader who was sent the mistake has been decided by now. */
  complete: boolean;
  /** Readers who were sent, or are irrevocably being sent, what was wrong. */
  told: number;
  /** Notices not yet handed to the provider. */
  queued: number;
  /** Taken by the provider, not known to have arrived. */
  submitted: number;
  delivered: number;
  failed: number;
  unknown: number;
  /** Not sent because an editor cancelled it. */
  cancelled: number;
  unreachable: Unreachable;
  /** Spared the mistake: the letter that was on its way failed. */
  needless: number;
}

export interface CorrectionReport extends Correction {
  /** How the digest that carries the notice stands. */
  notice: { status: DigestStatus; reason: string | null };
  reach: Reach;
}

/**
 * Marks a version of an article as wrong, and tells at once exactly the active readers who were sent it. Asking twice
 * tells once. Throws as `correctVersion` does.
 */
export async function correctArticle(ctx: Context, slug: string, body: unknown, editorId: number | null) {
  const { seq, created, warnings } = await transaction(ctx, async (tx) => {
    const corrected = await correctVersion(tx, slug, body, editorId);
    if (!corrected.created) return corrected;
    const digest = await insertDigest(tx.db, {
      uid: tx.newId(),
      status: "draft",
      mode: "correction",
      created_at: tx.clock(),
    });
    await addDigestEvent(tx.db, digest.id, corrected.seq);
    await noteCorrectionDigest(tx.db, corrected.seq, digest.id);
    await startDigest(tx, digest.id);
    return corrected;
  });
  return { correction: await getCorrection(ctx, seq), created, warnings };
}

/** A correction and its reach as of now. Throws `NotFoundError`. */
export async function getCorrection(ctx: Context, seq: number): Promise<CorrectionReport> {
  const [correction] = await listCorrections(ctx.db, { seqs: [seq] });
  if (!correction) throw new NotFoundError("There is no correction of that number.");
  return report(ctx, correction);
}

/** Corrections with their reach, newest first; `next` goes on. */
export async function listCorrectionReports(
  ctx: Context,
  { before, limit = 20 }: { before?: number | undefined; limit?: number },
): Promise<{ corrections: CorrectionReport[]; next: number | null }> {
  const rows = await listCorrections(ctx.db, { before, limit });
  const corrections: CorrectionReport[] = [];
  for (const row of rows) corrections.push(await report(ctx, row));
  return { corrections, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
}

async function report(ctx: Context, correction: Correction): Promise<CorrectionReport> {
  const digest = correction.digest === null ? undefined : await findDigest(ctx.db, correction.digest);
  if (!digest) throw new Error(`correction ${correction.seq} has no digest`);
  const { statuses, excluded } = await tallies(ctx.db, digest.id);
  const skipped = await countSkipped(ctx.db, digest.id);
  const of = (status: DeliveryStatus) => statuses.find((row) => row.status === status)?.count ?? 0;
  const out = (...reasons: string[]) =>
    [...excluded, ...skipped].filter((row) => reasons.includes(row.reason)).reduce((sum, row) => sum + row.count, 0);
  const reach = {
    complete: digest.planned_at !== null,
    told: digest.candidates,
    queued: of("queued"),
    submitted: of("submitted"),
    delivered: of("delivered") + of("complained"),
    failed: of("failed"),
    unknown: of("unknown"),
    cancelled: out("cancelled"),
    unreachable: {
      left: out("unsubscribed", "pending"),
      bounced: out("bounced") + of("bounced"),
      complained: out("complained"),
      erased: out("erased"),
      suppressed: out("suppressed"),
    },
    needless: out("not-told"),
  };
  return { ...correction, notice: { status: digest.status, reason: digest.reason }, reach };
}
