import type { Context } from "../../src/context.ts";
import { getCorrection } from "../../src/digests/index.ts";
import type { Accepted } from "../support/resend-double/index.ts";
import { ARTICLE, MISTAKE } from "./correction.ts";
import { countRows } from "./verdict.ts";

/** What readers were told, by what the provider's record says that each message said. */
export interface Told {
  /** Letters accepted for each address. */
  letters: Map<string, number>;
  /** Addresses that were sent the mistake. */
  misled: Set<string>;
  /** Letters that say the correction with the mistake. */
  corrected: number;
  /** Notices accepted for each address. */
  notices: Map<string, number>;
}

/** Sorts accepted messages by their words alone. Throws for one that is neither letter nor notice. */
export function readRecord(messages: Iterable<Accepted>): Told {
  const told: Told = { letters: new Map(), misled: new Set(), corrected: 0, notices: new Map() };
  for (const { to, email } of messages) {
    const { subject = "", text = "" } = email ?? {};
    const letter = /^Edition · /m.test(text);
    if (letter === /^Correction: /.test(subject)) throw new Error(`neither letter nor notice: ${subject}`);
    const of = letter ? told.letters : told.notices;
    of.set(to, (of.get(to) ?? 0) + 1);
    if (!letter || !text.includes(ARTICLE)) continue;
    if (text.includes(MISTAKE.why)) told.corrected += 1;
    else told.misled.add(to);
  }
  return told;
}

export interface CorrectionVerdict {
  misled: number;
  /** Letters that were corrected before they left. */
  corrected: number;
  noticed: number;
  noticedTwice: number;
  /** Noticed though never misled. */
  uncalledFor: number;
  /** Misled, still here, and not told. */
  missed: number;
  /** Left before their notice was frozen, and told all the same. */
  noticedAfterLeaving: number;
  correctionStatus: string;
  /** Candidates of the notices' digest that are neither deliveries nor excluded. */
  unsound: number;
  /** Readers told by the report, less the sum of what it says became of them. */
  unaccounted: number;
}

/** Clocks are read before rows are: what happens in the same moment has no order. */
const SAME_MOMENT_MS = 1_000;

/** Holds what the provider was truly given against the rule of corrections, and both against the rows. */
export async function judgeCorrection(ctx: Context, uid: string, told: Told): Promise<CorrectionVerdict> {
  const { misled, notices } = told;
  const here = await readersHere(ctx);
  return {
    misled: misled.size,
    corrected: told.corrected,
    noticed: notices.size,
    noticedTwice: [...notices.values()].filter((count) => count > 1).length,
    uncalledFor: [...notices.keys()].filter((address) => !misled.has(address)).length,
    missed: [...misled].filter((address) => here.has(address) && !notices.has(address)).length,
    noticedAfterLeaving: await noticedAfterLeaving(ctx, uid, notices),
    ...(await judgeRows(ctx, uid)),
  };
}

async function readersHere(ctx: Context): Promise<Set<string>> {
  const rows = await ctx.db.selectFrom("subscriber").select("address").where("status", "=", "active").execute();
  return new Set(rows.flatMap(({ address }) => (address ? [ctx.vault.open(address)] : [])));
}

async function noticedAfterLeaving(ctx: Context, uid: string, notices: Map<string, number>): Promise<number> {
  const rows = await ctx.db
    .selectFrom("delivery")
    .innerJoin("digest", "digest.id", "delivery.digest_id")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .select(["subscriber.address", "subscriber.left_at", "batch.frozen_at"])
    .where("digest.uid", "=", uid)
    .where("subscriber.left_at", "is not", null)
    .execute();
  return rows.filter(({ address, left_at, frozen_at }) => {
    const noticed = address !== null && notices.has(ctx.vault.open(address));
    return noticed && (left_at ?? 0) + SAME_MOMENT_MS < (frozen_at ?? 0);
  }).length;
}

async function judgeRows(ctx: Context, uid: string) {
  const rows = await countRows(ctx, uid);
  const { seq } = await ctx.db.selectFrom("correction").select("seq").executeTakeFirstOrThrow();
  const { reach } = await getCorrection(ctx, seq);
  const { queued, submitted, delivered, failed, unknown, cancelled, needless, unreachable } = reach;
  const became = [queued, submitted, delivered, failed, unknown, cancelled, needless, ...Object.values(unreachable)];
  const undecided = Math.abs(rows.candidates - rows.deliveries - rows.excluded);
  return {
    correctionStatus: rows.status,
    unsound: undecided,
    unaccounted: reach.told - became.reduce((sum, count) => sum + count, 0),
  };
}

/** Exactly those who were misled and stayed, once each, and every row accounted for. */
export function isExact(verdict: CorrectionVerdict): boolean {
  const { noticedTwice, uncalledFor, missed, noticedAfterLeaving, unsound, unaccounted, correctionStatus } = verdict;
  const wrong = noticedTwice + uncalledFor + missed + noticedAfterLeaving + unsound + Math.abs(unaccounted);
  return wrong === 0 && correctionStatus === "sent";
}
