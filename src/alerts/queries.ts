import { type Insertable, type Selectable, sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { AlertTable } from "./table.ts";
import type { AlertKind } from "./words.ts";

export type AlertRow = Selectable<AlertTable>;

/** Opens an alert, or counts one more of an open one, whose first words stay. */
export function insertAlert(tx: Tx, row: Insertable<AlertTable>): Promise<AlertRow> {
  return tx
    .insertInto("alert")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["kind", "about"]).where("cleared_at", "is", null).doUpdateSet({
        count: sql`alert.count + 1`,
        last_at: sql`excluded.last_at`,
        until: sql`excluded.until`,
      }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}

export function openAlertRows(db: Db): Promise<AlertRow[]> {
  return db.selectFrom("alert").selectAll().where("cleared_at", "is", null).orderBy("id", "desc").execute();
}

export function recentAlertRows(db: Db, limit: number): Promise<AlertRow[]> {
  return db.selectFrom("alert").selectAll().orderBy("id", "desc").limit(limit).execute();
}

export function findAlert(db: Db, id: number): Promise<AlertRow | undefined> {
  return db.selectFrom("alert").selectAll().where("id", "=", id).executeTakeFirst();
}

export function findAlertByUid(db: Db, uid: string): Promise<AlertRow | undefined> {
  return db.selectFrom("alert").selectAll().where("uid", "=", uid).executeTakeFirst();
}

/** Ends an alert that is open, and that was not met again since `lastAt`; false when it is not. */
export async function closeAlert(tx: Tx, id: number, by: string | null, at: number, lastAt: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("alert")
    .set({ cleared_at: at, cleared_by: by })
    .where("id", "=", id)
    .where("cleared_at", "is", null)
    .where("last_at", "<=", lastAt)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function markPosted(db: Db, id: number, at: number): Promise<void> {
  await db.updateTable("alert").set({ posted_at: at }).where("id", "=", id).execute();
}

/** Alerts of a while that the webhook has not taken yet. */
export async function unpostedAlerts(db: Db, after: number, before: number): Promise<number[]> {
  const rows = await db
    .selectFrom("alert")
    .select("id")
    .where("posted_at", "is", null)
    .where("raised_at", ">", after)
    .where("raised_at", "<", before)
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

export async function countOpen(db: Db): Promise<Map<AlertKind, number>> {
  const rows = await db
    .selectFrom("alert")
    .select((eb) => ["kind", eb.fn.countAll<number>().as("count")])
    .where("cleared_at", "is", null)
    .groupBy("kind")
    .execute();
  return new Map(rows.map((row) => [row.kind, Number(row.count)]));
}
