import type { Db, Engine } from "../db/database.ts";

/** Ids of digests whose audience was begun, rising. */
export async function begunDigests(db: Db): Promise<number[]> {
  const rows = await db.selectFrom("digest").select("id").where("started_at", "is not", null).orderBy("id").execute();
  return rows.map((row) => row.id);
}

/** Runs `look` on one state of the database, in which nothing moves. */
export function atOneMoment<T>(db: Db, engine: Engine, look: (tx: Db) => Promise<T>): Promise<T> {
  const transaction = db.transaction();
  return (engine.name === "postgres" ? transaction.setIsolationLevel("repeatable read") : transaction).execute(look);
}

/** How many deliveries of a digest there are in each status: counted, row by row. */
export async function countDeliveries(db: Db, digestId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("delivery")
    .select((eb) => ["status", eb.fn.countAll<number>().as("count")])
    .where("digest_id", "=", digestId)
    .groupBy("status")
    .execute();
  return new Map(rows.map((row) => [row.status, Number(row.count)]));
}

/** Batches of a digest whose answer is still to come. */
export async function countOpenBatches(db: Db, digestId: number): Promise<number> {
  const row = await db
    .selectFrom("batch")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("digest_id", "=", digestId)
    .where("status", "in", ["filling", "queued", "sending"])
    .executeTakeFirstOrThrow();
  return Number(row.count);
}
