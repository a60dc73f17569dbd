import { findWrongVersions } from "../articles/index.ts";
import type { Context } from "../context.ts";
import type { FieldError } from "../errors.ts";
import { lookForMisinformed, mistakeIn } from "./correction-audience.ts";
import { decideCorrection } from "./decide-correction.ts";
import type { ExclusionReason } from "./words.ts";

/** Whom a correction would reach, as of now. `told` is the sum of `reachable` and all of `unreachable`. */
export interface CorrectionForecast {
  /** Number of the correction that says the same already: marking it again sends nothing. */
  existing: number | null;
  /** Numbers of the versions that would count as wrong, rising. */
  versions: number[];
  /** The words by which they were found; null when only the one named counts. */
  passage: string | null;
  /** Readers who were sent, or are irrevocably being sent, any of them. */
  told: number;
  /** Those of them who would be sent the notice. */
  reachable: number;
  /** Those whom only the public notice can tell. */
  unreachable: Unreachable;
  warnings: FieldError[];
}

/** Readers whom only the public notice can tell: they left, or their mailbox or provider takes no mail. */
export interface Unreachable {
  left: number;
  bounced: number;
  complained: number;
  erased: number;
  suppressed: number;
}

/**
 * Says whom `correctArticle` with the same input would tell, by the same rules over the same rows, and changes nothing.
 * Readers may leave, and letters may go out, before it is sent. Throws as `correctVersion` does.
 */
export async function forecastCorrection(ctx: Context, slug: string, body: unknown): Promise<CorrectionForecast> {
  const { wrong, passage, existing, warnings } = await findWrongVersions(ctx.db, slug, body);
  const versionIds = wrong.map((one) => one.id);
  const { reachable, excluded } = await countMisinformed(ctx, versionIds);
  const out = (...reasons: ExclusionReason[]) => reasons.reduce((sum, reason) => sum + (excluded.get(reason) ?? 0), 0);
  return {
    existing,
    versions: wrong.map((one) => one.number).sort((a, b) => a - b),
    passage,
    told: reachable + out(...excluded.keys()),
    reachable,
    unreachable: {
      left: out("unsubscribed", "pending"),
      bounced: out("bounced"),
      complained: out("complained"),
      erased: out("erased"),
      suppressed: out("suppressed"),
    },
    warnings,
  };
}

async function countMisinformed(ctx: Context, versionIds: number[]) {
  const mistake = await mistakeIn(ctx.db, versionIds);
  const excluded = new Map<ExclusionReason, number>();
  let reachable = 0;
  for (let after = 0, last = false; !last; ) {
    const page = await lookForMisinformed(ctx.db, mistake, after);
    for (const decision of decideCorrection(page.readers, mistake.seq)) {
      if ("excluded" in decision) excluded.set(decision.excluded, (excluded.get(decision.excluded) ?? 0) + 1);
      else reachable += 1;
    }
    [after, last] = [page.upto, page.last];
  }
  return { reachable, excluded };
}
