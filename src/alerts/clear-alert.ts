import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { NotFoundError } from "../errors.ts";
import { type Alert, toAlert } from "./list-alerts.ts";
import { closeAlert, findAlertByUid } from "./queries.ts";

/**
 * Takes an alert away because a person says that its cause is gone; `by` is the editor's number or `bootstrap`. Clearing
 * it again changes nothing. If the cause is still there, the next attempt raises another. Throws `NotFoundError`.
 */
export function clearAlert(ctx: Context, uid: string, by: string): Promise<Alert> {
  return transaction(ctx, async (tx) => {
    const known = await findAlertByUid(tx.db, uid);
    if (!known) throw new NotFoundError("There is no such alert.");
    if (await closeAlert(tx.db, known.id, by, tx.clock(), Number.MAX_SAFE_INTEGER)) {
      ctx.log.info({ alert: uid, kind: known.kind, editor: by }, "an editor cleared an alert");
    }
    return toAlert((await findAlertByUid(tx.db, uid)) ?? known);
  });
}
