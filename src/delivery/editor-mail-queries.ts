import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { EditorMailTable } from "./table.ts";
import type { EditorMailStatus } from "./words.ts";

export type EditorMail = Selectable<EditorMailTable>;

/** Null when this editor is owed this mail already. */
export async function insertEditorMail(tx: Tx, row: Insertable<EditorMailTable>): Promise<number | null> {
  const written = await tx
    .insertInto("editor_mail")
    .values(row)
    .onConflict((conflict) => conflict.columns(["editor_id", "kind", "about"]).doNothing())
    .returning("id")
    .executeTakeFirst();
  return written?.id ?? null;
}

export function findEditorMail(db: Db, id: number): Promise<EditorMail | undefined> {
  return db.selectFrom("editor_mail").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Leases a mail that is due, or whose worker let its lease run out. Undefined: not now, or not ours. */
export function leaseEditorMail(tx: Tx, id: number, now: number, leaseUntil: number): Promise<EditorMail | undefined> {
  return tx
    .updateTable("editor_mail")
    .set((eb) => ({ status: "sending", lease_until: leaseUntil, attempts: eb("attempts", "+", 1) }))
    .where("id", "=", id)
    .where((eb) =>
      eb.or([
        eb.and([eb("status", "=", "queued"), eb(eb.fn.coalesce("next_attempt_at", eb.lit(0)), "<=", now)]),
        eb.and([eb("status", "=", "sending"), eb("lease_until", "<", now)]),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
}

/** Where an editor wants mail now, and whether that address may be mailed; undefined when they want none or are gone. */
export function whereToRemind(tx: Tx, editorId: number) {
  return tx
    .selectFrom("editor")
    .leftJoin("suppression", (join) =>
      join.onRef("suppression.address_index", "=", "editor.reminder_index").on("suppression.lifted_at", "is", null),
    )
    .select(["editor.reminder_address", "editor.reminder_index", "suppression.reason as suppressed"])
    .where("editor.id", "=", editorId)
    .where("editor.revoked_at", "is", null)
    .where("editor.reminder_address", "is not", null)
    .executeTakeFirst();
}

/** Changes a mail that stands in one of `from`; false when it does not. */
export async function moveEditorMail(
  tx: Tx,
  id: number,
  from: readonly EditorMailStatus[],
  change: Updateable<EditorMailTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("editor_mail")
    .set(change)
    .where("id", "=", id)
    .where("status", "in", from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Mails that nobody works on though they are due: lost jobs, dead workers. */
export async function dueEditorMails(db: Db, now: number, queuedBefore: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("editor_mail")
    .select("id")
    .where((eb) =>
      eb.or([
        eb.and([
          eb("status", "=", "queued"),
          eb("created_at", "<", queuedBefore),
          eb(eb.fn.coalesce("next_attempt_at", eb.lit(0)), "<=", now),
        ]),
        eb.and([eb("status", "=", "sending"), eb("lease_until", "<", now)]),
      ]),
    )
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

/** Leaves every mail that is under way to a person; gives how many. */
export async function leaveOpenEditorMails(db: Db, reason: string, at: number): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("editor_mail")
    .set({ status: "unknown", reason, lease_until: null, settled_at: at })
    .where("status", "in", ["queued", "sending"])
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Ends the reminders that go to an address. */
export async function forgetReminders(tx: Tx, addressIndex: string): Promise<void> {
  await tx
    .updateTable("editor")
    .set({ reminder_address: null, reminder_index: null, reminder_locale: null, reminded_month: null })
    .where("reminder_index", "=", addressIndex)
    .execute();
}
