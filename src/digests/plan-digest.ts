import type { Context } from "../context.ts";
import { nudge, type TxContext, transaction } from "../db/transaction.ts";
import {
  closeOpenBatch,
  deliverJob,
  finishIfDone,
  owe,
  oweLater,
  PRIORITY,
  refusedReaders,
  variantIds,
} from "../delivery/index.ts";
import { toldBy } from "./audience.ts";
import { type Mistake, mistakeOf, nextMisinformed, owedCorrections, tooEarly } from "./correction-audience.ts";
import {
  type Decision,
  decide,
  type TellableEvent,
  type variantKey,
  variantKeys,
  type WantedBy,
  wantedIn,
} from "./decide.ts";
import { decideCorrection } from "./decide-correction.ts";
import { type EditionPress, openEditionPress, type VariantOf } from "./edition-press.ts";
import { tellable } from "./events.ts";
import { excludeReaders } from "./exclude-readers.ts";
import {
  alreadyTold,
  audienceOf,
  type Digest,
  digestEventSeqs,
  findDigestById,
  kindOf,
  lockDigest,
  moveWatermarks,
  pageOfReaders,
  type Reader,
  relatedDigestIds,
  type ToldElsewhere,
  updateDigest,
} from "./queries.ts";
import { freezeEditions, wholeOf } from "./render-edition.ts";
import { replaceWrong } from "./replace-wrong.ts";
import { holdReaders } from "./rhythm-queries.ts";
import { cappedReaders } from "./weekly-cap.ts";
import type { ExclusionReason } from "./words.ts";

/** Readers decided in one transaction. */
const PAGE = 2000;

/**
 * Decides the audience of a digest, page by page in key order; sending begins with the first page. Each page commits
 * its deliveries, batches, places and counts together, so a crash loses at most a page that never was. Calling it again,
 * or twice at once, goes on where the last page ended.
 */
export async function planDigest(ctx: Context, digestId: number): Promise<void> {
  const digest = await findDigestById(ctx.db, digestId);
  if (digest?.status !== "sending" || digest.planned_at !== null) return;
  const plan = await preparePlan(ctx, digest);
  if (plan.mistake) await replaceWrong(ctx, plan.mistake);
  await freezeWhole(ctx, plan);
  if (plan.early) return;
  for (;;) {
    const page = await transaction(ctx, (tx) => planPage(tx, plan));
    if (page === "done") break;
    if (page !== "more") await freezeMissing(ctx, plan, page.missing);
  }
}

interface Plan {
  digest: Digest;
  events: TellableEvent[];
  /** What a correction's readers were sent; null for an edition. */
  mistake: Mistake | null;
  /** An earlier notice that says the mistake is still finding its readers: the sweep comes back. */
  early: boolean;
  wantedBy: WantedBy;
  /** What the variants share. */
  press: EditionPress;
  keyOf: typeof variantKey;
  /** Frozen variants by key. */
  variants: Map<string, number>;
}

async function preparePlan(ctx: Context, digest: Digest): Promise<Plan> {
  const seqs = await digestEventSeqs(ctx.db, digest.id);
  const events = await tellable(ctx.db, seqs);
  const early = await tooEarly(ctx.db, digest, events);
  return {
    digest,
    events,
    early,
    wantedBy: wantedIn(events, digest.mode),
    press: openEditionPress(digest),
    keyOf: variantKeys(),
    mistake: await mistakeOf(ctx.db, digest, events),
    variants: await variantIds(ctx.db, digest.id),
  };
}

/** The archive shows the whole edition, whether or not one reader gets all of it. */
async function freezeWhole(ctx: Context, plan: Plan): Promise<void> {
  const whole = wholeOf(plan.events.map((event) => event.seq));
  if (whole.seqs.length > 0 && !plan.variants.has(plan.keyOf(whole.seqs, whole)))
    await freezeMissing(ctx, plan, [whole]);
}

/** What became of a page: planned, with more or none to come, or put off until these variants are frozen. */
type PageResult = "more" | "done" | { missing: VariantOf[] };

async function planPage(tx: TxContext, plan: Plan): Promise<PageResult> {
  const digest = await lockDigest(tx.db, tx.engine, plan.digest.id);
  if (digest?.status !== "sending" || digest.planned_at !== null) return "done";
  const page = await decidePage(tx, plan, digest);
  const missing = missingVariants(page.decisions, plan);
  if (missing.length > 0) return { missing };
  await commitPage(tx, digest, plan, page);
  await holdCapped(tx, page);
  if (!page.last) return "more";
  await closeOpenBatch(tx, digest.id);
  await finishIfDone(tx, digest.id);
  return "done";
}

/** A stretch of the audience, decided. */
interface DecidedPage {
  decisions: Decision[];
  /** Until when the weekly cap holds readers of it. */
  capped: ReadonlyMap<number, number>;
  /** The first event that each reader is about to be told elsewhere. */
  pending: ReadonlyMap<number, number>;
  /** The id of a reader that it reaches up to. */
  upto: number;
  last: boolean;
}

async function decidePage(tx: TxContext, plan: Plan, digest: Digest): Promise<DecidedPage> {
  const { events, mistake, wantedBy } = plan;
  const after = digest.planned_to;
  if (mistake) {
    const { readers, upto, last } = await nextMisinformed(tx, mistake, after);
    return { decisions: decideCorrection(readers, mistake.seq), capped: new Map(), pending: new Map(), upto, last };
  }
  const readers = await pageOfReaders(tx.db, audienceOf(digest), after, PAGE, tx.engine.locksRows);
  const [first, upto] = [readers[0]?.id ?? 0, readers.at(-1)?.id ?? after];
  const capped = await cappedReaders(tx, digest, readers);
  const elsewhere = await toldElsewhere(tx, plan, digest, readers);
  const decisions = decide({
    readers,
    events,
    mode: digest.mode,
    wantedBy,
    told: toldBy(elsewhere),
    owedCorrections: await owedCorrections(tx.db, digest, events, first, upto),
    from: digest.from_seq ?? 0,
    capped,
    refused: await refusedReaders(tx.db, first, upto),
    now: tx.clock(),
  });
  return { decisions, capped, pending: pendingElsewhere(readers, elsewhere), upto, last: readers.length < PAGE };
}

/** What other digests told these readers, who are locked by now: another may be deciding them as well, or was cancelled. */
async function toldElsewhere(tx: TxContext, { events }: Plan, digest: Digest, readers: { id: number }[]) {
  const seqs = events.map((event) => event.seq);
  const ids = readers.map((reader) => reader.id);
  return alreadyTold(tx.db, await relatedDigestIds(tx.db, digest, seqs), ids);
}

/**
 * The first event that another digest is about to tell each reader, where it is above their place: it may be cancelled
 * yet, and then nobody told it. Their place stays behind it, and the next edition knows what they had.
 */
function pendingElsewhere(readers: Reader[], elsewhere: ToldElsewhere[]): Map<number, number> {
  const queued = elsewhere.filter((row) => row.status === "queued");
  if (queued.length === 0) return new Map();
  const places = new Map(readers.map((reader) => [reader.id, reader.watermark]));
  const pending = new Map<number, number>();
  for (const { subscriber_id, events } of queued) {
    const place = places.get(subscriber_id) ?? 0;
    const above = (JSON.parse(events) as number[]).filter((seq) => seq > place);
    const first = Math.min(pending.get(subscriber_id) ?? Number.POSITIVE_INFINITY, ...above);
    if (Number.isFinite(first)) pending.set(subscriber_id, first);
  }
  return pending;
}

/** Rendering takes milliseconds and must not hold the write lock: the page waits for what it lacks. */
function missingVariants(decisions: Decision[], { variants, keyOf }: Plan): VariantOf[] {
  const missing = new Map<string, VariantOf>();
  for (const decision of decisions) {
    if (!("seqs" in decision)) continue;
    const { locale, discreet } = decision.reader;
    const key = keyOf(decision.seqs, decision.reader);
    if (!variants.has(key)) missing.set(key, { seqs: decision.seqs, locale, discreet });
  }
  return [...missing.values()];
}

async function freezeMissing(ctx: Context, plan: Plan, missing: VariantOf[]): Promise<void> {
  const ids = await freezeEditions(ctx, plan.press, missing);
  for (const [place, variant] of missing.entries()) {
    plan.variants.set(plan.keyOf(variant.seqs, variant), ids[place] ?? 0);
  }
}

async function commitPage(tx: TxContext, digest: Digest, plan: Plan, page: DecidedPage) {
  const { decisions, upto, last } = page;
  const owed = decisions.flatMap((decision) => {
    if (!("seqs" in decision)) return [];
    const { reader, seqs, later = false } = decision;
    return { subscriberId: reader.id, variantId: plan.variants.get(plan.keyOf(seqs, reader)) ?? 0, later };
  });
  const kind = kindOf(digest);
  const full = await owe(
    tx,
    digest.id,
    owed.filter((one) => !one.later),
    kind,
  );
  await oweLater(
    tx,
    digest.id,
    owed.filter((one) => one.later),
  );
  await excludeReaders(tx, digest.id, upto, decisions);
  const holds = digest.mode === "sequence" && (await movePlaces(tx, page, digest.upto_seq ?? 0));
  await updateDigest(tx.db, digest.id, ["sending"], {
    planned_to: upto,
    candidates: digest.candidates + decisions.length,
    ...(last ? { planned_at: tx.clock() } : {}),
    ...(holds ? { holds_places: 1 } : {}),
  });
  await nudge(tx, full.map(deliverJob), { priority: PRIORITY[kind] });
}

/** Until when the cap holds them: nobody builds an edition for readers who cannot have it yet. */
async function holdCapped(tx: TxContext, { decisions, capped }: DecidedPage): Promise<void> {
  const held = new Map<number, number[]>();
  for (const decision of decisions) {
    if (!("excluded" in decision) || decision.excluded !== "weekly-cap") continue;
    const until = capped.get(decision.reader.id) ?? 0;
    held.set(until, [...(held.get(until) ?? []), decision.reader.id]);
  }
  for (const [until, ids] of held) await holdReaders(tx.db, ids, until);
}

/** Left out, and this is behind them all the same. The others are away or held, and have all of it still to come. */
const BEHIND: readonly ExclusionReason[] = ["nothing-new", "already-sent", "address-refused"];

/** Moves the places of a page's readers up to `seq`, or to what stands before something that is pending; true: some do. */
async function movePlaces(tx: TxContext, { decisions, pending }: DecidedPage, seq: number): Promise<boolean> {
  const ids = decidedIds(decisions);
  if (pending.size === 0) {
    await moveWatermarks(tx.db, tx.engine, ids, seq);
    return false;
  }
  const places = new Map<number, number[]>();
  for (const id of ids) {
    const place = Math.min(seq, (pending.get(id) ?? Number.POSITIVE_INFINITY) - 1);
    places.set(place, [...(places.get(place) ?? []), id]);
  }
  for (const [place, those] of places) await moveWatermarks(tx.db, tx.engine, those, place);
  return true;
}

/** Whose place moves. */
function decidedIds(decisions: Decision[]): number[] {
  return decisions
    .filter((decision) => !("excluded" in decision) || BEHIND.includes(decision.excluded))
    .map((decision) => decision.reader.id);
}
