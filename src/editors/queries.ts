import type { Selectable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { Locale } from "../subscribers/words.ts";
import type { EditorTable, Role } from "./table.ts";

export type EditorRow = Selectable<EditorTable>;

const NO_REMINDERS = { reminder_address: null, reminder_index: null, reminder_locale: null, reminded_month: null };

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
    .set({ revoked_at: at, ...NO_REMINDERS })
    .where("name", "=", name)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export function allEditors(db: Db): Promise<EditorRow[]> {
  return db.selectFrom("editor").selectAll().orderBy("name").execute();
}

export function findById(db: Db, id: number): Promise<EditorRow | undefined> {
  return db.selectFrom("editor").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Unless revoked. */
export function findByName(db: Db, name: string): Promise<EditorRow | undefined> {
  return db
    .selectFrom("editor")
    .selectAll()
    .where("name", "=", name)
    .where("revoked_at", "is", null)
    .executeTakeFirst();
}

/** Who wanted none before is owed none of `month` or earlier. */
export async function setReminders(
  db: Db,
  id: number,
  { address, index, locale, month }: { address: Uint8Array; index: string; locale: Locale; month: string },
): Promise<void> {
  await db
    .updateTable("editor")
    .set((eb) => ({
      reminder_address: address,
      reminder_index: index,
      reminder_locale: locale,
      reminded_month: eb.fn.coalesce("reminded_month", eb.val(month)),
    }))
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .execute();
}

export async function clearReminders(db: Db, id: number): Promise<void> {
  await db.updateTable("editor").set(NO_REMINDERS).where("id", "=", id).execute();
}

/** Editors who want reminders and of whom this month is not decided. */
export async function editorsToRemind(db: Db, month: string): Promise<{ id: number; locale: Locale }[]> {
  const rows = await db
    .selectFrom("editor")
    .select(["id", "reminder_locale"])
    .where("revoked_at", "is", null)
    .where("reminder_address", "is not", null)
    .where("reminded_month", "<", month)
    .orderBy("id")
    .execute();
  return rows.map((row) => ({ id: row.id, locale: row.reminder_locale ?? "en" }));
}

/** Decides this month of an editor; false when it was decided, or when their wish is another one meanwhile. */
export async function claimMonth(tx: Tx, id: number, locale: Locale, month: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("editor")
    .set({ reminded_month: month })
    .where("id", "=", id)
    .where("revoked_at", "is", null)
    .where("reminder_address", "is not", null)
    .where("reminder_locale", "=", locale)
    .where("reminded_month", "<", month)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
