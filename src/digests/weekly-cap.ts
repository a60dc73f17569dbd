import type { Context } from "../context.ts";
import type { TxContext } from "../db/transaction.ts";
import type { Digest, Reader } from "./queries.ts";
import { readersAtCap } from "./rhythm-queries.ts";

const HOUR_MS = 3_600_000;
/** Less two hours, so that no daily edition is held that comes a little early: clocks go forward, processes have jitter. */
const WEEK_MS = (7 * 24 - 2) * HOUR_MS;

/**
 * Readers who had as many editions within a week as the site allows, and when there is room for the next. A correction
 * is held from nobody.
 */
export async function cappedReaders(
  ctx: Context | TxContext,
  digest: Pick<Digest, "mode">,
  readers: Reader[],
): Promise<Map<number, number>> {
  const cap = ctx.config.site.weeklyCap;
  if (cap === null || digest.mode === "correction") return new Map();
  const ids = readers.map((reader) => reader.id);
  const rows = await readersAtCap(ctx.db, ids, { cap, since: ctx.clock() - WEEK_MS });
  return new Map(rows.map((row) => [row.subscriber_id, row.first + WEEK_MS]));
}
