import type { Insertable, Selectable } from "kysely";
import type { Db } from "../db/database.ts";
import type { EditorSessionTable } from "./table.ts";

export async function insertSession(db: Db, row: Insertable<EditorSessionTable>): Promise<void> {
  await db.insertInto("editor_session").values(row).execute();
}

/** The session of this token, unless it is over. */
export function findSession(
  db: Db,
  tokenHash: string,
  now: number,
): Promise<Selectable<EditorSessionTable> | undefined> {
  return db
    .selectFrom("editor_session")
    .selectAll()
    .where("token_hash", "=", tokenHash)
    .where("expires_at", ">", now)
    .executeTakeFirst();
}

export async function deleteSession(db: Db, tokenHash: string): Promise<void> {
  await db.deleteFrom("editor_session").where("token_hash", "=", tokenHash).execute();
}

export async function deleteSessionsOver(db: Db, now: number): Promise<void> {
  await db.deleteFrom("editor_session").where("expires_at", "<=", now).execute();
}
