import type { Insertable, Selectable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { FrozenMember } from "./frozen-queries.ts";
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
 * Points members of a batch that is being frozen to what replaces their rendering, also in their rows. Holds the
 * renderings until the transaction ends, so that none is replaced between this look and the freezing.
 */
export async function followReplaced(tx: Tx, engine: Engine, members: FrozenMember[]): Promise<void> {
  for (;;) {
    const ids = [...new Set(members.map((member) => member.variantId))];
    const replaced = await replacedAmong(tx, engine, ids);
    if (replaced.size === 0) return;
    for (const member of members) {
      const by = replaced.get(member.variantId);
      if (by === undefined) continue;
      member.variantId = by;
      await tellInstead(tx, member.deliveryId, by);
    }
  }
}

async function replacedAmong(tx: Tx, engine: Engine, ids: number[]): Promise<Map<number, number>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("variant")
    .select(["id", "replaced_by"])
    .where("id", "in", engine.numbers(ids))
    .orderBy("id")
    .$if(engine.locksRows, (query) => query.forShare())
    .execute();
  return new Map(rows.flatMap((row) => (row.replaced_by === null ? [] : [[row.id, row.replaced_by] as const])));
}
