import { type Kysely, sql } from "kysely";
import { columnsFor } from "./columns.ts";

/** Why deliveries were skipped, marks of a digest's pace, rates that an editor has seen, and the days of a warm-up. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int } = columnsFor(db);
  await db.schema
    .createTable("digest_skip")
    .addColumn("digest_id", int, (c) => c.notNull().references("digest.id"))
    .addColumn("reason", "text", (c) => c.notNull())
    .addColumn("count", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("digest_skip_pk", ["digest_id", "reason"])
    .execute();
  await sql`
    insert into digest_skip (digest_id, reason, count)
    select digest_id, coalesce(reason, ''), count(*) from delivery
    where status = 'skipped' and digest_id is not null group by digest_id, coalesce(reason, '')`.execute(db);
  await db.schema
    .createTable("digest_pace")
    .addColumn("digest_id", int, (c) => c.notNull().references("digest.id"))
    .addColumn("at", int, (c) => c.notNull())
    .addColumn("handed", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("digest_pace_pk", ["digest_id", "at"])
    .execute();
  await db.schema
    .createTable("warm_up_day")
    .addColumn("domain", "text", (c) => c.notNull())
    .addColumn("day", "text", (c) => c.notNull())
    .addColumn("handed", int, (c) => c.notNull())
    .addPrimaryKeyConstraint("warm_up_day_pk", ["domain", "day"])
    .execute();
  await db.schema.alterTable("batch").addColumn("counted_on", "text").execute();
  await db.schema.alterTable("digest").addColumn("bounces_seen", int).execute();
  await db.schema.alterTable("digest").addColumn("complaints_seen", int).execute();
}
