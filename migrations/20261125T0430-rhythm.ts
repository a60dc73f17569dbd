import { type Kysely, sql } from "kysely";
import { columnsFor } from "./columns.ts";

/** The weekly cap, when the calendar was last looked at, where a digest begins, and indexes that keep a tick cheap. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int } = columnsFor(db);
  await db.schema.alterTable("subscriber").addColumn("capped_until", int).execute();
  await db.schema.alterTable("digest").addColumn("from_seq", int).execute();
  await db.schema.alterTable("delivery").addColumn("owed_at", int).execute();
  await db.schema
    .createTable("schedule_look")
    .addColumn("id", "integer", (c) => c.primaryKey())
    .addColumn("at", int, (c) => c.notNull())
    .execute();
  await sql`
    insert into schedule_look (id, at)
    select 1, max(created_at) from schedule_run having max(created_at) is not null`.execute(db);
  await db.schema.dropIndex("delivery_subscriber").execute();
  await db.schema.createIndex("delivery_subscriber").on("delivery").columns(["subscriber_id", "owed_at"]).execute();
  await db.schema.createIndex("digest_status").on("digest").column("status").execute();
  const active = { on: sql.ref("status"), is: sql.lit("active") };
  await db.schema
    .createIndex("subscriber_rhythm")
    .on("subscriber")
    .columns(["cadence", "timezone"])
    .where(active.on, "=", active.is)
    .execute();
  await db.schema
    .createIndex("subscriber_immediate")
    .on("subscriber")
    .columns(["cadence", "watermark"])
    .where(active.on, "=", active.is)
    .where(sql.ref("cadence"), "=", sql.lit("immediate"))
    .execute();
  await db.schema
    .createIndex("subscriber_audience")
    .on("subscriber")
    .columns(["cadence", "id", "timezone"])
    .where(active.on, "=", active.is)
    .execute();
}
