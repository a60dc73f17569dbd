import type { Context } from "../context.ts";
import { nudge, transaction } from "../db/transaction.ts";
import { dueBatches } from "./batch-queries.ts";
import { dueEditorMails } from "./editor-mail-queries.ts";
import { applyEventJob, deliverJob, editorMailJob } from "./jobs.ts";
import { deleteOldProviderEvents, waitingProviderEvents } from "./provider-event-queries.ts";
import { sweepRefused } from "./refused-alike.ts";
import { sweepStops } from "./sweep-stops.ts";
import { settleToldBatches } from "./unknown-queries.ts";

/** Younger rows have their own job under way. */
const YOUNGEST_MS = 5_000;
/** A notice that could not be applied for so long never will be. */
const OLDEST_EVENT_MS = 3 * 86_400_000;
/** Notices are kept this long against repeats; the provider gives up after 28 hours. */
const KEEP_EVENTS_MS = 30 * 86_400_000;
const PAGE = 1000;

/** Nudges batches, mails to editors and provider notices that no job looks after any more, and drops old notices. */
export async function sweepDelivery(ctx: Context): Promise<void> {
  const now = ctx.clock();
  for (const { id, priority } of await dueBatches(ctx.db, now, now - YOUNGEST_MS, PAGE)) {
    await nudge(ctx, deliverJob(id), { priority });
  }
  await nudge(ctx, (await dueEditorMails(ctx.db, now, now - YOUNGEST_MS, PAGE)).map(editorMailJob));
  await transaction(ctx, sweepRefused);
  await settleToldBatches(ctx.db);
  await sweepStops(ctx);
  const events = await waitingProviderEvents(ctx.db, now - OLDEST_EVENT_MS, now - YOUNGEST_MS, PAGE);
  await nudge(ctx, events.map(applyEventJob));
  await deleteOldProviderEvents(ctx.db, now - KEEP_EVENTS_MS);
}
