import { type Kysely, sql } from "kysely";
import { columnsFor } from "./columns.ts";

/** What stopped sending, what people decided of unknown outcomes, and what a split batch came from. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int, withId } = columnsFor(db);
  await withId(db.schema.createTable("alert"))
    .addColumn("uid", "text", (c) => c.notNull().unique())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("about", "text", (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("count", "integer", (c) => c.notNull())
    .addColumn("raised_at", int, (c) => c.notNull())
    .addColumn("last_at", int, (c) => c.notNull())
    .addColumn("until", int)
    .addColumn("cleared_at", int)
    .addColumn("cleared_by", "text")
    .addColumn("posted_at", int)
    .execute();
  await db.schema
    .createIndex("alert_open")
    .unique()
    .on("alert")
    .columns(["kind", "about"])
    .where(sql.ref("cleared_at"), "is", null)
    .execute();
  await withId(db.schema.createTable("unknown_decision"))
    .addColumn("uid", "text", (c) => c.notNull().unique())
    .addColumn("decision", "text", (c) => c.notNull())
    .addColumn("count", "integer", (c) => c.notNull())
    .addColumn("decided_by", "text", (c) => c.notNull())
    .addColumn("decided_at", int, (c) => c.notNull())
    .execute();
  await db.schema.alterTable("batch").addColumn("root_id", int).execute();
  await db.schema.alterTable("batch").addColumn("warned_at", int).execute();
  await db.schema
    .createIndex("batch_root")
    .on("batch")
    .column("root_id")
    .where(sql.ref("root_id"), "is not", null)
    .execute();
  await db.schema.alterTable("suppression").addColumn("provider_at", int).execute();
}
