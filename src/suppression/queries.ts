import type { Insertable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { SuppressionReason, SuppressionTable } from "./table.ts";

/**
 * Adds or renews a suppression. The first reason stays, since a lift must answer for it; what the provider's own list
 * said, and what was lifted, gives way.
 */
export async function insertSuppression(tx: Tx, addressIndex: string, reason: SuppressionReason, at: number) {
  await tx
    .insertInto("suppression")
    .values({ address_index: addressIndex, reason, created_at: at })
    .onConflict((conflict) =>
      conflict.column("address_index").doUpdateSet((eb) => ({
        lifted_at: null,
        reason: eb
          .case()
          .when(eb.or([eb("suppression.lifted_at", "is not", null), eb("suppression.reason", "=", "provider")]))
          .then(eb.ref("excluded.reason"))
          .else(eb.ref("suppression.reason"))
          .end(),
      })),
    )
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

export function findSuppression(tx: Tx, addressIndex: string) {
  return tx.selectFrom("suppression").selectAll().where("address_index", "=", addressIndex).executeTakeFirst();
}

export async function putSuppression(tx: Tx, row: Insertable<SuppressionTable>): Promise<void> {
  const { address_index: _, ...change } = row;
  await tx
    .insertInto("suppression")
    .values(row)
    .onConflict((conflict) => conflict.column("address_index").doUpdateSet(change))
    .execute();
}
