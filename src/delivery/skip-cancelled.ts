import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import type { JobOutcome } from "../queue/queue.ts";
import { type Batch, releaseBatch } from "./batch-queries.ts";
import { findDigestMode } from "./cancelled-queries.ts";
import { skipQueued } from "./reopen.ts";

/**
 * Skips a leased batch whose digest was cancelled while an attempt was under way that proved to have taken nothing: as
 * what was never tried, so that the next edition tells it.
 */
export function skipCancelled(ctx: Context, batch: Batch): Promise<JobOutcome> {
  return transaction(ctx, async (tx) => {
    const digest = await findDigestMode(tx.db, batch.digest_id);
    const held = await releaseBatch(tx.db, batch, { status: "queued" });
    if (held && digest) await skipQueued(tx, digest, "cancelled");
    return undefined;
  });
}
