import type { Kysely } from "kysely";
import { columnsFor } from "./columns.ts";

/** Where editors want reminders, and the ledger of the mails they are owed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int, bytes, withId } = columnsFor(db);
  await db.schema.alterTable("editor").addColumn("reminder_address", bytes).execute();
  for (const name of ["reminder_index", "reminder_locale", "reminded_month"]) {
    await db.schema.alterTable("editor").addColumn(name, "text").execute();
  }
  await withId(db.schema.createTable("editor_mail"))
    .addColumn("uid", "text", (c) => c.notNull().unique())
    .addColumn("editor_id", int, (c) => c.notNull().references("editor.id"))
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("about", "text", (c) => c.notNull())
    .addColumn("variant_id", int, (c) => c.notNull().references("variant.id"))
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("address", bytes)
    .addColumn("address_index", "text")
    .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("frozen_at", int)
    .addColumn("transport", "text")
    .addColumn("unsettled_since", int)
    .addColumn("lease_until", int)
    .addColumn("next_attempt_at", int)
    .addColumn("reason", "text")
    .addColumn("provider_id", "text")
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("settled_at", int)
    .addUniqueConstraint("editor_mail_once", ["editor_id", "kind", "about"])
    .execute();
  await db.schema.createIndex("editor_mail_status").on("editor_mail").column("status").execute();
}
