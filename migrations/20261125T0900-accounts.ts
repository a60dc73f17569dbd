import type { Kysely } from "kysely";
import { columnsFor } from "./columns.ts";

/** Who was left out of a digest, whose address is refused again and again, and what a retry sent before. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int, bytes, withId } = columnsFor(db);
  await db.schema
    .createTable("digest_exclusion_page")
    .addColumn("digest_id", int, (c) => c.notNull().references("digest.id"))
    .addColumn("upto", int, (c) => c.notNull())
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("readers", bytes, (c) => c.notNull())
    .addPrimaryKeyConstraint("digest_exclusion_page_pk", ["digest_id", "upto", "reason"])
    .execute();
  await db.schema
    .createTable("address_refusal")
    .addColumn("subscriber_id", int, (c) => c.primaryKey().references("subscriber.id").onDelete("cascade"))
    .addColumn("digests", "integer", (c) => c.notNull())
    .addColumn("last_digest_id", int, (c) => c.notNull())
    .addColumn("last_at", int, (c) => c.notNull())
    .execute();
  await withId(db.schema.createTable("former_message"))
    .addColumn("delivery_id", int, (c) => c.notNull().references("delivery.id").onDelete("cascade"))
    .addColumn("provider_id", "text")
    .addColumn("reason", "text")
    .addColumn("retried_at", int, (c) => c.notNull())
    .execute();
  await db.schema.createIndex("former_message_delivery").on("former_message").column("delivery_id").execute();
}
