import type { Insertable, Selectable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { VariantTable } from "./table.ts";
import type { EditorMailKind, MailKind } from "./words.ts";

export type Variant = Selectable<VariantTable>;

export function loadVariants(db: Db, ids: number[]): Promise<Variant[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db.selectFrom("variant").selectAll().where("id", "in", ids).execute();
}

export function findVariant(
  db: Db,
  digestId: number | null,
  kind: MailKind | EditorMailKind,
  key: string,
): Promise<Variant | undefined> {
  return db
    .selectFrom("variant")
    .selectAll()
    .where("digest_id", digestId === null ? "is" : "=", digestId)
    .where("kind", "=", kind)
    .where("key", "=", key)
    .executeTakeFirst();
}

/** Freezes a rendering; the one that was frozen first under this key wins. */
export async function insertVariant(db: Db, row: Insertable<VariantTable>): Promise<number> {
  await db
    .insertInto("variant")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await findVariant(db, row.digest_id ?? null, row.kind, row.key);
  if (!kept) throw new Error("a variant that was just frozen is not there");
  return kept.id;
}

export async function variantIds(db: Db, digestId: number): Promise<Map<string, number>> {
  const rows = await db.selectFrom("variant").select(["id", "key"]).where("digest_id", "=", digestId).execute();
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** Notes which article versions a rendering carries. */
export async function noteCarried(tx: Tx, variantId: number, versionIds: number[]): Promise<void> {
  if (versionIds.length === 0) return;
  await tx
    .insertInto("variant_version")
    .values(versionIds.map((version_id) => ({ variant_id: variantId, version_id })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** From now on `by` goes out instead, to every batch that is not frozen. Waits for batches that are just being frozen. */
export async function noteReplaced(db: Db, variantId: number, by: number): Promise<void> {
  await db.updateTable("variant").set({ replaced_by: by }).where("id", "=", variantId).execute();
}

/** Lets a delivery that no batch has frozen tell another rendering. */
export async function tellInstead(tx: Tx, deliveryId: number, variantId: number): Promise<void> {
  await tx.updateTable("delivery").set({ variant_id: variantId }).where("id", "=", deliveryId).execute();
}

/**
 * Points the queued members of a batch that is being frozen to what replaces their rendering. Holds the renderings until
 * the transaction ends, so that none is replaced between this look and the freezing.
 */
export async function followReplaced(tx: Tx, engine: Engine, batchId: number): Promise<void> {
  const queued = () => tx.selectFrom("delivery").where("batch_id", "=", batchId).where("status", "=", "queued");
  for (;;) {
    const variants = await tx
      .selectFrom("variant")
      .select(["id", "replaced_by"])
      .where("id", "in", queued().select("variant_id"))
      .orderBy("id")
      .$if(engine.locksRows, (query) => query.forShare())
      .execute();
    const replaced = variants.filter((variant) => variant.replaced_by !== null);
    if (replaced.length === 0) return;
    for (const { id, replaced_by } of replaced) {
      await tx
        .updateTable("delivery")
        .set({ variant_id: replaced_by ?? id })
        .where("id", "in", queued().select("delivery.id").where("variant_id", "=", id))
        .execute();
    }
  }
}
