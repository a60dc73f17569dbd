import { raiseAlert } from "../alerts/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { HaltCause } from "../mail/mailer.ts";
import { digestUidOf, pauseAllSending, pauseOne } from "./digest-queries.ts";

/** A spent daily quota is asked for again so often, since no document says at what hour it comes back. */
const QUOTA_MS = 3_600_000;

/** Pauses every digest that is being sent, with the reason that editors will read. Gives how many there were. */
export function pauseSending(ctx: Pick<Context, "db">, reason: string): Promise<number> {
  return pauseAllSending(ctx.db, reason);
}

/**
 * Stops what the provider will not take until the cause is gone, and raises an alert: everything that goes out, or for
 * what a digest says itself (`content`) that digest alone. Editors read the provider's words as the reason.
 */
export function stopSending(
  ctx: Context | TxContext,
  { cause, reason }: { cause: HaltCause; reason: string },
  digestId: number | null,
): Promise<void> {
  return transaction(ctx, async (tx) => {
    const isOne = cause === "content" && digestId !== null;
    const about = isOne ? await digestUidOf(tx.db, digestId) : "";
    const until = cause === "daily-quota" ? tx.clock() + QUOTA_MS : null;
    const alert = await raiseAlert(tx, { kind: cause, about, reason, until });
    if (isOne) await pauseOne(tx.db, digestId, alert.reason);
    else if (cause !== "content") await pauseAllSending(tx.db, alert.reason);
  });
}
