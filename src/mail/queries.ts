import type { Selectable } from "kysely";
import type { Db } from "../db/database.ts";
import type { CapturedMailTable } from "./table.ts";

export type CapturedRow = Selectable<CapturedMailTable>;

/** Rows by their keys, in no order. */
export function findCapturedByKeys(db: Db, keys: string[]): Promise<CapturedRow[]> {
  return db.selectFrom("captured_mail").selectAll().where("key", "in", keys).execute();
}

/** Keeps rows; one whose key is there already is left as it is. */
export async function insertCaptured(db: Db, rows: Omit<CapturedRow, "id">[]): Promise<void> {
  await db
    .insertInto("captured_mail")
    .values(rows)
    .onConflict((conflict) => conflict.column("key").doNothing())
    .execute();
}

/** The newest rows below `before`. */
export function pageOfCaptured(db: Db, limit: number, before: number | null): Promise<CapturedRow[]> {
  return db
    .selectFrom("captured_mail")
    .selectAll()
    .$if(before !== null, (query) => query.where("id", "<", before))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

export function findCaptured(db: Db, id: number): Promise<CapturedRow | undefined> {
  return db.selectFrom("captured_mail").selectAll().where("id", "=", id).executeTakeFirst();
}
