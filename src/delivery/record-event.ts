import type { Context } from "../context.ts";
import { nudge, transaction } from "../db/transaction.ts";
import type { ProviderNotice } from "../mail/provider-event.ts";
import { applyEventJob } from "./jobs.ts";
import { insertProviderEvent } from "./provider-event-queries.ts";

/** Stores a provider's notice, to be applied by a worker. A repeated one is ignored. */
export async function recordEvent(ctx: Context, event: ProviderNotice): Promise<void> {
  await transaction(ctx, async (tx) => {
    const id = await insertProviderEvent(tx.db, event.id, JSON.stringify(event), tx.clock());
    if (id !== null) await nudge(tx, applyEventJob(id));
  });
}
