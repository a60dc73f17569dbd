import type { Kysely } from "kysely";

/** Which editions left readers' places behind something that another digest was still about to tell them. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .alterTable("digest")
    .addColumn("holds_places", "integer", (c) => c.notNull().defaultTo(0))
    .execute();
}
