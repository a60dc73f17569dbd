import type { Context } from "../context.ts";
import { nudge, type TxContext } from "../db/transaction.ts";
import { type Batch, insertBatch } from "./batch-queries.ts";
import { moveMembers } from "./delivery-queries.ts";
import { deliverJob } from "./jobs.ts";
import { addToDay, firstDay, handedOn, holdDay, putBack, queuedMembers } from "./warm-up-queries.ts";

const DAY_MS = 86_400_000;

/** How a sending domain's warm-up stands today. */
export interface WarmUp {
  /** 1 is the day of the first hand-over. */
  day: number;
  /** Messages that may be handed over today, single mails included. */
  ceiling: number;
  handed: number;
  /** The ceilings of the days to come. */
  next: number[];
  /** When the next day begins, milliseconds since 1970. */
  nextAt: number;
}

/** Today's ceiling and what was handed over; null when nothing is warmed up, or the table has been walked through. */
export async function warmUpToday(ctx: Context | TxContext): Promise<WarmUp | null> {
  const today = await todayOf(ctx);
  return today === null ? null : { ...today, handed: await handedOn(ctx.db, domainOf(ctx), dayOf(ctx.clock())) };
}

/**
 * Holds a leased batch of an edition to what is left of today's ceiling: a batch that is larger is cut, and what is over
 * waits in a batch of its own until tomorrow. True: nothing is left, and the batch was put back. Costs nothing when off.
 */
export async function holdToWarmUp(tx: TxContext, batch: Batch): Promise<boolean> {
  const today = await mustCount(tx, batch);
  if (today === null || batch.digest_id === null) return false;
  const left = Math.max(0, today.ceiling - (await holdDay(tx.db, tx.engine, domainOf(tx), dayOf(tx.clock()))));
  const members = await queuedMembers(tx.db, batch.id);
  if (members.length <= left) return false;
  if (left === 0 || batch.frozen_at !== null) {
    await putBack(tx.db, batch.id, today.nextAt, sayUsedUp(today));
    return true;
  }
  await waitInOwnBatch(tx, batch, members.slice(left), today);
  return false;
}

/**
 * Counts what a batch is about to hand over, once however often it is tried; single mails are counted and never
 * refused. Gives what the batch's row must say of it.
 */
export async function countHandedOver(tx: TxContext, batch: Batch): Promise<{ counted_on?: string }> {
  if ((await mustCount(tx, batch)) === null) return {};
  const [domain, day] = [domainOf(tx), dayOf(tx.clock())];
  await holdDay(tx.db, tx.engine, domain, day);
  await addToDay(tx.db, domain, day, (await queuedMembers(tx.db, batch.id)).length);
  return { counted_on: day };
}

/** Why editions wait, in words. */
export function sayUsedUp({ day, ceiling }: Pick<WarmUp, "day" | "ceiling">): string {
  const count = ceiling.toLocaleString("en-US");
  return `the sending domain is warming up: the ${count} messages of day ${day} are used up`;
}

/** Null: not counted at all, counted today, or perhaps handed over when it was counted. */
async function mustCount(tx: TxContext, batch: Batch) {
  if (tx.config.delivery.warmUp === null || batch.unsettled_since !== null) return null;
  return batch.counted_on === dayOf(tx.clock()) ? null : todayOf(tx);
}

async function todayOf(ctx: Context | TxContext): Promise<Omit<WarmUp, "handed"> | null> {
  const table = ctx.config.delivery.warmUp;
  if (table === null) return null;
  const now = ctx.clock();
  const first = await firstDay(ctx.db, domainOf(ctx));
  const place = first === null ? 0 : Math.round((startOf(now) - Date.parse(first)) / DAY_MS);
  const ceiling = table[place];
  if (ceiling === undefined) return null;
  return { day: place + 1, ceiling, next: table.slice(place + 1), nextAt: startOf(now) + DAY_MS };
}

async function waitInOwnBatch(
  tx: TxContext,
  { digest_id, kind, priority }: Batch,
  members: number[],
  today: Omit<WarmUp, "handed">,
): Promise<void> {
  const now = tx.clock();
  const id = await insertBatch(tx.db, {
    uid: tx.newId(),
    digest_id,
    kind,
    status: "queued",
    priority,
    next_attempt_at: today.nextAt,
    reason: sayUsedUp(today),
    created_at: now,
  });
  await moveMembers(tx.db, members, id);
  await nudge(tx, deliverJob(id), { priority, delayMs: today.nextAt - now });
}

/** Another domain warms up by itself. */
function domainOf({ config }: Pick<Context, "config">): string {
  return /@([^>\s]+)/.exec(config.mailFrom)?.[1]?.toLowerCase() ?? "";
}

function startOf(at: number): number {
  return Math.floor(at / DAY_MS) * DAY_MS;
}

function dayOf(at: number): string {
  return new Date(at).toISOString().slice(0, 10);
}
