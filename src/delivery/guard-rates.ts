import type { Guard } from "../config.ts";
import type { Context } from "../context.ts";
import type { TxContext } from "../db/transaction.ts";
import { noteSeen, pauseOne, seenRates, takenOf } from "./guard-queries.ts";

/** What came back of what the provider took. Rates that an editor has seen are in millionths. */
export interface Returned {
  taken: number;
  bounced: number;
  complained: number;
}
interface Seen {
  bounces: number | null;
  complaints: number | null;
}

/**
 * Pauses a digest too much of which came back, in the transaction that applies the bounce or complaint, from the kept
 * counts. A rate that an editor has seen when resuming pauses it again only once it has doubled.
 */
export async function guardRates(tx: TxContext, digestId: number): Promise<void> {
  const seen = await seenRates(tx.db, digestId);
  if (!seen) return;
  const reason = tooMuch(returnedOf(await takenOf(tx.db, digestId)), tx.config.delivery.guard, seen);
  if (reason === null || !(await pauseOne(tx.db, digestId, reason))) return;
  tx.log.warn({ digest: digestId, reason }, "a digest was paused by itself");
}

/** Notes the rates that are too high now as seen by whoever resumes the digest. */
export async function acknowledgeRates(ctx: Pick<Context, "db" | "config">, digestId: number): Promise<void> {
  const returned = returnedOf(await takenOf(ctx.db, digestId));
  const { guard } = ctx.config.delivery;
  const over = (count: number, limit: number) =>
    isOver(count, returned.taken, limit) ? rateOf(count, returned) : null;
  await noteSeen(ctx.db, digestId, {
    bounces: over(returned.bounced, guard.bounceRate),
    complaints: over(returned.complained, guard.complaintRate),
  });
}

/** Why a digest must pause, with the figures; null: it need not. */
export function tooMuch(returned: Returned, guard: Guard, seen: Seen): string | null {
  const { taken, bounced, complained } = returned;
  if (taken < guard.minSample) return null;
  const risen = (count: number, before: number | null) => before === null || rateOf(count, returned) >= 2 * before;
  if (
    complained >= guard.minComplaints &&
    isOver(complained, taken, guard.complaintRate) &&
    risen(complained, seen.complaints)
  )
    return say(complained, "complained about as spam", taken, guard.complaintRate);
  if (isOver(bounced, taken, guard.bounceRate) && risen(bounced, seen.bounces))
    return say(bounced, "bounced", taken, guard.bounceRate);
  return null;
}

function returnedOf(counts: Map<string, number>): Returned {
  const of = (status: string) => counts.get(status) ?? 0;
  const [bounced, complained] = [of("bounced"), of("complained")];
  return { taken: of("submitted") + of("delivered") + bounced + complained, bounced, complained };
}

function isOver(count: number, taken: number, limit: number): boolean {
  return limit > 0 && count > taken * limit;
}

function rateOf(count: number, { taken }: Returned): number {
  return Math.round((count * 1_000_000) / taken);
}

function say(count: number, what: string, taken: number, limit: number): string {
  const whole = (number: number) => number.toLocaleString("en-US");
  const percent = (part: number) => `${(part * 100).toLocaleString("en-US", { maximumSignificantDigits: 3 })} %`;
  return `paused by itself: ${whole(count)} of ${whole(taken)} messages (${percent(count / taken)}) ${what}, and the limit is ${percent(limit)}`;
}
