import type { Context } from "../context.ts";
import { nudge, transaction } from "../db/transaction.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { pollSourceJob } from "./jobs.ts";
import { askForPages } from "./page-queries.ts";
import { findSource, updateSource } from "./queries.ts";

/**
 * Makes a source's list and every page it names due now, whatever was agreed with its host; a worker does the rest, and
 * gives the id to `pollSource` for who wants to do it here. Throws `NotFoundError`, `ConflictError` when it is paused.
 */
export async function askPoll(ctx: Context, uid: string): Promise<number> {
  return transaction(ctx, async (tx) => {
    const known = await findSource(tx.db, uid);
    if (!known) throw new NotFoundError("There is no such source.");
    if (known.status === "paused") throw new ConflictError("The source is paused; make it active first.");
    const now = tx.clock();
    await updateSource(tx.db, uid, {
      next_poll_at: known.kind === "notices" ? null : now,
      rest_until: null,
      page_failures: 0,
    });
    await askForPages(tx.db, known.id, now);
    await nudge(tx, pollSourceJob(known.id));
    return known.id;
  });
}
