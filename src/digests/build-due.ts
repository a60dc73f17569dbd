import { latestEventSeq } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { Cadence } from "../subscribers/words.ts";
import { editionDue } from "./due.ts";
import { type AudienceFilter, insertDigest } from "./queries.ts";
import {
  deleteScheduleRuns,
  immediateUnderWay,
  insertScheduleRun,
  lastLook,
  lowestPlace,
  noteLook,
  rhythmsInUse,
} from "./rhythm-queries.ts";
import { startDigest } from "./send-digest.ts";

/** An edition that has come due in these zones. */
interface DueEdition {
  cadence: Cadence;
  edition: string;
  timezones: string[];
}

/**
 * Builds and sends what the calendar owes: for each rhythm, the edition that came due in each time zone its readers
 * live in since the calendar was last looked at, and whatever is new for those who want it at once. Each edition is built
 * once, however often and in however many processes this runs; after an outage the latest missed edition is sent, not all
 * of them. Whoever joins a rhythm or zone after the hour waits for the next. Nothing new, no mail.
 */
export async function buildDue(ctx: Context): Promise<void> {
  const now = ctx.clock();
  const last = (await lastLook(ctx.db)) ?? now;
  for (const due of await dueEditions(ctx, last, now)) {
    await transaction(ctx, (tx) => buildEdition(tx, due));
  }
  await buildImmediate(ctx);
  // Only now: a look that failed half-way is taken again, and what it built is known by its row.
  await noteLook(ctx.db, now);
}

async function dueEditions(ctx: Context, last: number, now: number): Promise<DueEdition[]> {
  const due = new Map<string, DueEdition>();
  for (const { cadence, timezone } of await rhythmsInUse(ctx.db)) {
    if (cadence === "immediate") continue;
    const edition = editionDue(cadence, timezone, now, ctx.config.site);
    if (edition <= editionDue(cadence, timezone, last, ctx.config.site)) continue;
    const group = due.get(`${cadence} ${edition}`) ?? { cadence, edition, timezones: [] };
    due.set(`${cadence} ${edition}`, { ...group, timezones: [...group.timezones, timezone] });
  }
  return [...due.values()];
}

async function buildEdition(tx: TxContext, { cadence, edition, timezones }: DueEdition): Promise<void> {
  const mine: string[] = [];
  for (const timezone of timezones) {
    const run = { cadence, timezone, edition, digest_id: null, created_at: tx.clock() };
    if (await insertScheduleRun(tx.db, run)) mine.push(timezone);
  }
  if (mine.length > 0) await buildFor(tx, { cadence, timezones: mine });
}

async function buildImmediate(ctx: Context): Promise<void> {
  const filter: AudienceFilter = { cadence: "immediate", timezones: null };
  if (!(await anyoneBelow(ctx, filter))) return;
  await transaction(ctx, async (tx) => {
    await tx.engine.serialise(tx.db, "immediate digest");
    if (!(await immediateUnderWay(tx.db))) await buildFor(tx, filter);
  });
}

/** Makes and starts an automatic digest for these readers when one of them has something coming. */
async function buildFor(tx: TxContext, filter: AudienceFilter): Promise<void> {
  if (!(await anyoneBelow(tx, filter))) return;
  const digest = await insertDigest(tx.db, {
    uid: tx.newId(),
    status: "draft",
    mode: "sequence",
    cadence: filter.cadence,
    timezones: filter.timezones === null ? null : JSON.stringify(filter.timezones),
    automatic: 1,
    created_at: tx.clock(),
  });
  await startDigest(tx, digest.id);
}

async function anyoneBelow({ db, clock }: Pick<Context, "db" | "clock">, filter: AudienceFilter): Promise<boolean> {
  const lowest = await lowestPlace(db, filter, clock());
  return lowest !== null && lowest < (await latestEventSeq(db));
}

const DAY_MS = 86_400_000;
const KEPT_DAYS = 60;
/** No zone is further ahead. */
const AHEAD_DAYS = 2;

/** Forgets handled editions that are long past, and those of a future that a wrong clock had seen. */
export async function purgeSchedule(ctx: Context): Promise<void> {
  const day = (days: number) => new Date(ctx.clock() + days * DAY_MS).toISOString().slice(0, 10);
  await deleteScheduleRuns(ctx.db, day(-KEPT_DAYS), day(AHEAD_DAYS));
}
