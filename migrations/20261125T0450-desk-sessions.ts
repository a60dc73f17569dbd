import type { Kysely } from "kysely";
import { columnsFor } from "./columns.ts";

/** Who is signed in to the desk. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int } = columnsFor(db);
  await db.schema
    .createTable("editor_session")
    .addColumn("token_hash", "text", (c) => c.primaryKey())
    .addColumn("editor_id", int, (c) => c.references("editor.id"))
    .addColumn("key_mark", "text", (c) => c.notNull())
    .addColumn("created_at", int, (c) => c.notNull())
    .addColumn("expires_at", int, (c) => c.notNull())
    .execute();
}
