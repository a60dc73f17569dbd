import { correctVersion, listCorrections, noteCorrectionDigest, type Correction } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { NotFoundError } from "../errors.ts";
import { getDigest } from "./get-digest.ts";
import { insertDigest } from "./queries.ts";
import { startDigest } from "./send-digest.ts";

/** How far a correction got. Every reader who was sent the mistake is in exactly one of these but `told`. */
export interface Reach {
  /** Whether every reader who was sent the mistake has been decided by now. */
  complete: boolean;
  /** Readers who were sent, or are irrevocably being sent, what was wrong. */
  told: number;
  /** Notices on their way to the provider. */
  queued: number;
  /** Taken by the provider, not yet known to have arrived. */
  submitted: number;
  delivered: number;
  failed: number;
  unknown: number;
  /** Readers who cannot be reached any more, by reason; the public notice is what they have. */
  unreachable: Record<string, number>;
  /** Told with an edition, or never reached by the mistake after all. */
  needless: number;
}

export interface CorrectionReport extends Correction {
  reach: Reach;
}

/** Who cannot be reached: decided so, or found so when the notice was about to leave or came back. */
const NEEDLESS = ["already-told", "not-told"];

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

/** Corrections with their reach, newest first; of one article when `articleSlug` names it. `next` goes on. */
export async function listCorrectionReports(
  ctx: Context,
  { before, limit = 20 }: { before?: number | undefined; limit?: number },
): Promise<{ corrections: CorrectionReport[]; next: number | null }> {
  const rows = await listCorrections(ctx.db, { before, limit });
  const corrections: CorrectionReport[] = [];
  for (const row of rows) corrections.push(await report(ctx, row));
  return { corrections, next: rows.length === limit ? (rows.at(-1)?.seq ?? null) : null };
}
