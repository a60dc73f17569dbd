import { loadEventsForDigest } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import { closeOpenBatch, deliverJob, finishIfDone, owe, PRIORITY, variantIds } from "../delivery/index.ts";
import { packTopics } from "../topics/index.ts";
import { toldBy } from "./audience.ts";
import { type Decision, decide, type TellableEvent, variantKey } from "./decide.ts";
import {
  addExclusions,
  alreadyTold,
  audienceOf,
  type Digest,
  digestEventSeqs,
  findDigestById,
  lockDigest,
  moveWatermarks,
  pageOfReaders,
  type Reader,
  relatedDigestIds,
  updateDigest,
} from "./queries.ts";
import { freezeEdition, type VariantOf, wholeOf } from "./render-edition.ts";
import { holdReaders } from "./rhythm-queries.ts";
import { cappedReaders } from "./weekly-cap.ts";

/** Readers decided in one transaction. */
const PAGE = 1000;

/**
 * Decides the audience of a digest, page by page in key order; sending begins with the first page. Each page commits
 * its deliveries, batches, places and counts together, so a crash loses at most a page that never was. Calling it again,
 * or twice at once, goes on where the last page ended.
 */
export async function planDigest(ctx: Context, digestId: number): Promise<void> {
  const digest = await findDigestById(ctx.db, digestId);
  if (digest?.status !== "sending" || digest.planned_at !== null) return;
  const plan = await preparePlan(ctx, digest);
  await freezeWhole(ctx, plan);
  for (;;) {
    const page = await transaction(ctx, (tx) => planPage(tx, plan));
    if (page === "done") break;
    if (page !== "more") await freezeMissing(ctx, plan, page.missing);
  }
}

interface Plan {
  digest: Digest;
  events: TellableEvent[];
  /** Frozen variants by key. */
  variants: Map<string, number>;
}

async function preparePlan(ctx: Context, digest: Digest): Promise<Plan> {
  const seqs = await digestEventSeqs(ctx.db, digest.id);
  const events = await loadEventsForDigest(ctx.db, seqs);
  return {
    digest,
    events: events.map(({ seq, topics }) => ({ seq, topics: packTopics(topics) })),
    variants: await variantIds(ctx.db, digest.id),
  };
}

/** The archive shows the whole edition, whether or not one reader gets all of it. */
async function freezeWhole(ctx: Context, plan: Plan): Promise<void> {
  const whole = wholeOf(plan.events.map((event) => event.seq));
  if (whole.seqs.length > 0 && !plan.variants.has(variantKey(whole.seqs, whole)))
    await freezeMissing(ctx, plan, [whole]);
}

/** What became of a page: planned, with more or none to come, or put off until these variants are frozen. */
type PageResult = "more" | "done" | { missing: VariantOf[] };

async function planPage(tx: TxContext, plan: Plan): Promise<PageResult> {
  const digest = await lockDigest(tx.db, tx.engine, plan.digest.id);
  if (digest?.status !== "sending" || digest.planned_at !== null) return "done";
  const readers = await pageOfReaders(tx.db, audienceOf(digest), digest.planned_to, PAGE, tx.engine.locksRows);
  const capped = await cappedReaders(tx, digest, readers);
  const decisions = await decidePage(tx, plan, readers, capped);
  const missing = missingVariants(decisions, plan.variants);
  if (missing.length > 0) return { missing };
  await commitPage(tx, digest, plan, readers, decisions);
  await holdCapped(tx, decisions, capped);
  if (readers.length === PAGE) return "more";
  await closeOpenBatch(tx, digest.id);
  await finishIfDone(tx, digest.id);
  return "done";
}

/** What was told elsewhere is asked once the readers are locked: a digest may have been planned or cancelled since. */
async function decidePage(
  tx: TxContext,
  { digest, events }: Plan,
  readers: Reader[],
  capped: Map<number, number>,
): Promise<Decision[]> {
  const seqs = events.map((event) => event.seq);
  const ids = readers.map((reader) => reader.id);
  const told = toldBy(await alreadyTold(tx.db, await relatedDigestIds(tx.db, digest, seqs), ids));
  return decide({ readers, events, mode: digest.mode, told, from: digest.from_seq ?? 0, capped, now: tx.clock() });
}

/** Rendering takes milliseconds and must not hold the write lock: the page waits for what it lacks. */
function missingVariants(decisions: Decision[], variants: Map<string, number>): VariantOf[] {
  const missing = new Map<string, VariantOf>();
  for (const decision of decisions) {
    if (!("seqs" in decision)) continue;
    const { locale, discreet } = decision.reader;
    const key = variantKey(decision.seqs, decision.reader);
    if (!variants.has(key)) missing.set(key, { seqs: decision.seqs, locale, discreet });
  }
  return [...missing.values()];
}

async function freezeMissing(ctx: Context, plan: Plan, missing: VariantOf[]): Promise<void> {
  for (const variant of missing) {
    plan.variants.set(variantKey(variant.seqs, variant), await freezeEdition(ctx, plan.digest, variant));
  }
}

async function commitPage(tx: TxContext, digest: Digest, plan: Plan, readers: Reader[], decisions: Decision[]) {
  const owed = decisions.flatMap((decision) =>
    "seqs" in decision
      ? [
          {
            subscriberId: decision.reader.id,
            variantId: plan.variants.get(variantKey(decision.seqs, decision.reader)) ?? 0,
          },
        ]
      : [],
  );
  const full = await owe(tx, digest.id, owed);
  await addExclusions(tx.db, digest.id, countExclusions(decisions));
  if (digest.mode === "sequence") await moveWatermarks(tx.db, decidedIds(decisions), digest.upto_seq ?? 0);
  await updateDigest(tx.db, digest.id, ["sending"], {
    planned_to: readers.at(-1)?.id ?? digest.planned_to,
    candidates: digest.candidates + readers.length,
    ...(readers.length < PAGE ? { planned_at: tx.clock() } : {}),
  });
  await nudge(tx, full.map(deliverJob), { priority: PRIORITY.digest });
}

/** Until when the cap holds them: nobody builds an edition for readers who cannot have it yet. */
async function holdCapped(tx: TxContext, decisions: Decision[], capped: Map<number, number>): Promise<void> {
  const held = new Map<number, number[]>();
  for (const decision of decisions) {
    if (!("excluded" in decision) || decision.excluded !== "weekly-cap") continue;
    const until = capped.get(decision.reader.id) ?? 0;
    held.set(until, [...(held.get(until) ?? []), decision.reader.id]);
  }
  for (const [until, ids] of held) await holdReaders(tx.db, ids, until);
}

function countExclusions(decisions: Decision[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const decision of decisions) {
    if ("excluded" in decision) counts.set(decision.excluded, (counts.get(decision.excluded) ?? 0) + 1);
  }
  return counts;
}

/** Whose place moves: everyone but those who are away or held, for whom all of this is still to come. */
function decidedIds(decisions: Decision[]): number[] {
  return decisions
    .filter((decision) => !("excluded" in decision) || decision.excluded === "nothing-new")
    .map((decision) => decision.reader.id);
}
