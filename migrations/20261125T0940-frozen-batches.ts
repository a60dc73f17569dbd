import { type Kysely, sql } from "kysely";
import { columnsFor } from "./columns.ts";

interface Before {
  batch: { id: number; status: string; frozen_at: number | null };
  delivery: { id: number; batch_id: number; variant_id: number; subscriber_id: number; address: Uint8Array | null };
  subscriber: { id: number; uid: string };
  frozen_batch: { batch_id: number; members: string };
}

/**
 * What a batch froze stands in one row, not on each of its deliveries: handing a message over then writes a delivery
 * once instead of three times. PostgreSQL is asked to leave room on each page, so that this write touches no index.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const { int, postgres } = columnsFor(db);
  await db.schema
    .createTable("frozen_batch")
    .addColumn("batch_id", int, (c) => c.primaryKey().references("batch.id"))
    .addColumn("members", "text", (c) => c.notNull())
    .execute();
  await moveFrozen(db as Kysely<Before>);
  await db.schema.alterTable("delivery").dropColumn("address").execute();
  if (postgres) await sql`alter table delivery set (fillfactor = 60)`.execute(db);
}

/** Batches under way keep what they froze, in the same order. */
async function moveFrozen(db: Kysely<Before>): Promise<void> {
  const batches = await db
    .selectFrom("batch")
    .select("id")
    .where("frozen_at", "is not", null)
    .where("status", "in", ["queued", "sending"])
    .execute();
  for (const { id } of batches) {
    const rows = await db
      .selectFrom("delivery")
      .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
      .select(["delivery.id", "delivery.variant_id", "subscriber.uid", "delivery.address"])
      .where("delivery.batch_id", "=", id)
      .where("delivery.address", "is not", null)
      .orderBy("delivery.id")
      .execute();
    const members = rows.map((row) => [
      row.id,
      row.variant_id,
      row.uid,
      Buffer.from(row.address ?? []).toString("base64"),
    ]);
    await db
      .insertInto("frozen_batch")
      .values({ batch_id: id, members: JSON.stringify(members) })
      .execute();
  }
}
