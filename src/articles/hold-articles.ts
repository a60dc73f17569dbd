import type { TxContext } from "../db/transaction.ts";

/** Until this transaction ends no version arrives, and none is marked as wrong. */
export async function holdArticles(tx: TxContext): Promise<void> {
  await tx.engine.serialise(tx.db, "article");
}
