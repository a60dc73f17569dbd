import type { Kysely } from "kysely";

/**
 * Which editions left readers' places behind something that another digest was still about to tell them; and indexes for
 * what a sweep asks every few seconds.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("digest")
    .addColumn("holds_places", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
  await db.schema.createIndex("batch_settled").on("batch").column("settled_at").execute();
  await db.schema.createIndex("provider_event_received").on("provider_event").column("received_at").execute();
}
