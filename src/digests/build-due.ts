import { latestEventSeq } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { Cadence } from "../subscribers/words.ts";
import { editionDue } from "./due.ts";
import {
  type AudienceFilter,
  anyoneBelow,
  editionHandled,
  immediateUnderWay,
  insertDigest,
  insertScheduleRun,
  rhythmKnown,
  rhythmsInUse,
} from "./queries.ts";
import { startDigest } from "./send-digest.ts";

/** An edition that has come due in these zones. */
interface DueEdition {
  cadence: Cadence;
  edition: string;
  timezones: string[];
}

/**
 * Builds and sends what the calendar owes: for each rhythm, the edition that came due in each time zone its readers
 * live in, and whatever is new for those who want it at once. Each edition is built once, however often and in however
 * many processes this runs; after an outage the latest missed edition is sent, not all of them. Nothing new, no mail.
 */
export async function buildDue(ctx: Context): Promise<void> {
  for (const due of await dueEditions(ctx)) {
    await transaction(ctx, (tx) => buildEdition(tx, due));
  }
  await buildImmediate(ctx);
}

async function dueEditions(ctx: Context): Promise<DueEdition[]> {
  const due = new Map<string, DueEdition>();
  for (const { cadence, timezone } of await rhythmsInUse(ctx.db)) {
    if (cadence === "immediate") continue;
    const edition = editionDue(cadence, timezone, ctx.clock(), ctx.config.site);
    if (await editionHandled(ctx.db, { cadence, timezone, edition })) continue;
    const group = due.get(`${cadence} ${edition}`) ?? { cadence, edition, timezones: [] };
    due.set(`${cadence} ${edition}`, { ...group, timezones: [...group.timezones, timezone] });
  }
  return [...due.values()];
}

async function buildEdition(tx: TxContext, { cadence, edition, timezones }: DueEdition): Promise<void> {
  const mine: string[] = [];
  for (const timezone of timezones) {
    // A reader who is the first of this rhythm and zone came after the edition's hour: the next one is theirs.
    const expected = await rhythmKnown(tx.db, cadence, timezone);
    const run = { cadence, timezone, edition, digest_id: null, created_at: tx.clock() };
    if ((await insertScheduleRun(tx.db, run)) && expected) mine.push(timezone);
  }
  if (mine.length > 0) await buildFor(tx, { cadence, timezones: mine });
}

async function buildImmediate(ctx: Context): Promise<void> {
  const filter: AudienceFilter = { cadence: "immediate", timezones: null };
  if (!(await anyoneBelow(ctx.db, filter, await latestEventSeq(ctx.db), ctx.clock()))) return;
  await transaction(ctx, async (tx) => {
    await tx.engine.serialise(tx.db, "immediate digest");
    if (!(await immediateUnderWay(tx.db))) await buildFor(tx, filter);
  });
}

/** Makes and starts an automatic digest for these readers when one of them has something coming. */
async function buildFor(tx: TxContext, filter: AudienceFilter): Promise<void> {
  if (!(await anyoneBelow(tx.db, filter, await latestEventSeq(tx.db), tx.clock()))) return;
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
