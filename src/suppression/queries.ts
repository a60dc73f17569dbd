import type { Db, Tx } from "../db/database.ts";
import type { SuppressionReason } from "./table.ts";

/** Adds or renews a suppression. The first reason stays: it is the one that a lift must answer for. */
export async function insertSuppression(tx: Tx, addressIndex: string, reason: SuppressionReason, at: number) {
  await tx
    .insertInto("suppression")
    .values({ address_index: addressIndex, reason, created_at: at })
    .onConflict((conflict) => conflict.column("address_index").doUpdateSet({ lifted_at: null }))
    .execute();
}

export async function isSuppressedIndex(db: Db, addressIndex: string): Promise<boolean> {
  const row = await db
    .selectFrom("suppression")
    .select("reason")
    .where("address_index", "=", addressIndex)
    .where("lifted_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Which of these indexes are suppressed. */
export async function suppressedAmong(db: Db, indexes: string[]): Promise<Set<string>> {
  if (indexes.length === 0) return new Set();
  const rows = await db
    .selectFrom("suppression")
    .select("address_index")
    .where("address_index", "in", indexes)
    .where("lifted_at", "is", null)
    .execute();
  return new Set(rows.map((row) => row.address_index));
}

export async function liftSuppression(tx: Tx, addressIndex: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("suppression")
    .set({ lifted_at: at })
    .where("address_index", "=", addressIndex)
    .where("lifted_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
