import type { Insertable, Selectable } from "kysely";
import type { Db } from "../db/database.ts";
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
