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

/** The same for renderings of one digest, all at once. Gives their ids by key. */
export async function insertVariants(
  db: Db,
  { digestId, kind }: { digestId: number; kind: MailKind },
  rows: Omit<Insertable<VariantTable>, "digest_id" | "kind">[],
): Promise<Map<string, number>> {
  await db
    .insertInto("variant")
    .values(rows.map((row) => ({ ...row, digest_id: digestId, kind })))
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await db
    .selectFrom("variant")
    .select(["id", "key"])
    .where("digest_id", "=", digestId)
    .where("kind", "=", kind)
    .where(
      "key",
      "in",
      rows.map((row) => row.key),
    )
    .execute();
  return new Map(kept.map((row) => [row.key, row.id]));
}

export async function variantIds(db: Db, digestId: number): Promise<Map<string, number>> {
  const rows = await db.selectFrom("variant").select(["id", "key"]).where("digest_id", "=", digestId).execute();
  return new Map(rows.map((row) => [row.key, row.id]));
}

/** Notes which article versions renderings carry, by the id of each. */
export async function noteCarried(tx: Tx, carried: [variantId: number, versionIds: number[]][]): Promise<void> {
  const rows = carried.flatMap(([variant_id, ids]) => ids.map((version_id) => ({ variant_id, version_id })));
  if (rows.length === 0) return;
  await tx
    .insertInto("variant_version")
    .values(rows)
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
