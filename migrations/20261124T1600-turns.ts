import { type Kysely, sql } from "kysely";

/** Rows that transactions take turns by locking: poolers in transaction mode forward row locks, and not all advisory ones. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable("turn")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .execute();
  await sql`
    with recursive numbers (id) as (select 0 union all select id + 1 from numbers where id < 1023)
    insert into turn (id) select id from numbers`.execute(db);
}
