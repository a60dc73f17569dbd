import type { Db } from "../db/database.ts";
import type { TxContext } from "../db/transaction.ts";
import { insertSuppression, isSuppressedIndex, liftSuppression, suppressedAmong } from "./queries.ts";
import type { SuppressionReason } from "./table.ts";

/** Never mail this address again, whoever asks: a permanent bounce, a complaint, an erasure or an operator. */
export function suppress(tx: TxContext, addressIndex: string, reason: SuppressionReason): Promise<void> {
  return insertSuppression(tx.db, addressIndex, reason, tx.clock());
}

/** Takes a suppression back by an operator's decision. False when there was none. */
export function lift(tx: TxContext, addressIndex: string): Promise<boolean> {
  return liftSuppression(tx.db, addressIndex, tx.clock());
}

/** Whether a blind index may not be mailed. */
export function isSuppressed(db: Db, addressIndex: string): Promise<boolean> {
  return isSuppressedIndex(db, addressIndex);
}

export { mirrorAdded, mirrorRemoved } from "./mirror.ts";
export { suppressedAmong };
