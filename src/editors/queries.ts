import type { Selectable } from "kysely";
import type { Db } from "../db/database.ts";
import type { EditorTable, Role } from "./table.ts";

export type EditorRow = Selectable<EditorTable>;

/** The editor whose key hashes to this, unless revoked. */
export function findByKeyHash(db: Db, keyHash: string): Promise<EditorRow | undefined> {
  return db
    .selectFrom("editor")
    .selectAll()
    .where("key_hash", "=", keyHash)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
}

/** Adds an editor, or gives a revoked one of that name a new key. False when the name is in use. */
export async function insertEditor(
  db: Db,
  row: { name: string; role: Role; key_hash: string; created_at: number },
): Promise<boolean> {
  const written = await db
    .insertInto("editor")
    .values(row)
    .onConflict((conflict) =>
      conflict
        .column("name")
        .doUpdateSet({ role: row.role, key_hash: row.key_hash, created_at: row.created_at, revoked_at: null })
        .where("editor.revoked_at", "is not", null),
    )
    .returning("id")
    .executeTakeFirst();
  return written !== undefined;
}

export async function revokeByName(db: Db, name: string, at: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("editor")
    .set({ revoked_at: at })
    .where("name", "=", name)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export function allEditors(db: Db): Promise<EditorRow[]> {
  return db.selectFrom("editor").selectAll().orderBy("name").execute();
}
