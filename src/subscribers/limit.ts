import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { countHits, insertHit } from "./queries.ts";

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** At most `max` hits in any window of `windowMs`; what is counted is named by a keyed hash, never in clear. */
export interface Limit {
  purpose: string;
  value: string;
  max: number;
  windowMs: number;
}

/**
 * Counts one hit unless the limit is reached. Exact over processes, since the count is in the database; refused hits
 * are not stored, so a flood does not grow the table. Gives 0, or the milliseconds until a place is free.
 */
export function hit(ctx: Context | TxContext, limit: Limit): Promise<number> {
  return transaction(ctx, async (tx) => {
    const key = tx.vault.fingerprint(limit.purpose, limit.value);
    await tx.engine.serialise(tx.db, `limit ${key}`);
    const now = tx.clock();
    const { count, oldest } = await countHits(tx.db, key, now - limit.windowMs);
    if (count >= limit.max) return Math.max(1, (oldest ?? now) + limit.windowMs - now);
    await insertHit(tx.db, key, now);
    return 0;
  });
}
