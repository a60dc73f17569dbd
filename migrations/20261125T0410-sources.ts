import { type Kysely, sql } from "kysely";
import { columnsFor } from "./columns.ts";

/** Feeds, sitemaps and signed notices that are followed, and the pages they name. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int, withId } = columnsFor(db);
  await withId(db.schema.createTable("source"))
    .addColumn("uid", "text", (c) => c.notNull().unique())
    .addColumn("url", "text", (c) => c.notNull().unique())
    .addColumn("kind", "text", (c) => c.notNull())
    .addColumn("title", "text")
    .addColumn("status", "text", (c) => c.notNull())
    .addColumn("etag", "text")
    .addColumn("last_modified", "text")
    .addColumn("interval_ms", int)
    .addColumn("next_poll_at", int)
    .addColumn("rest_until", int)
    .addColumn("lease_until", int)
    .addColumn("polled_at", int)
    .addColumn("read_at", int)
    .addColumn("ok_at", int)
    .addColumn("failing_since", int)
    .addColumn("failures", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("page_failures", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("last_error", "text")
    .addColumn("gone_at", int)
    .addColumn("note", "text")
    .addColumn("created_at", int, (c) => c.notNull())
    .execute();
  await withId(db.schema.createTable("source_page"))
    .addColumn("source_id", int, (c) => c.notNull().references("source.id"))
    .addColumn("url", "text", (c) => c.notNull())
    .addColumn("state", "text", (c) => c.notNull())
    .addColumn("reason", "text")
    .addColumn("marker", "text", (c) => c.notNull())
    .addColumn("revision", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("backlog", "integer", (c) => c.notNull())
    .addColumn("etag", "text")
    .addColumn("last_modified", "text")
    .addColumn("body_hash", "text")
    .addColumn("attempts", "integer", (c) => c.notNull().defaultTo(0))
    .addColumn("next_at", int)
    .addColumn("lease_until", int)
    .addColumn("taken_at", int)
    .addColumn("checked_at", int)
    .addColumn("created_at", int, (c) => c.notNull())
    .addUniqueConstraint("source_page_once", ["source_id", "url"])
    .execute();
  await db.schema
    .createIndex("source_page_due")
    .on("source_page")
    .columns(["source_id", "next_at", "id"])
    .where(sql.ref("next_at"), "is not", null)
    .execute();
}
