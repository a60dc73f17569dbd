import { sql } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { DeliveryStatus } from "./words.ts";

/** Adds to a digest's counters; `counts` may be negative. */
export async function addToTally(tx: Tx, digestId: number, counts: Map<DeliveryStatus, number>): Promise<void> {
  const rows = [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  if (rows.length === 0) return;
  await tx
    .insertInto("digest_tally")
    .values(rows.map(([status, count]) => ({ digest_id: digestId, status, count })))
    .onConflict((conflict) =>
      conflict.columns(["digest_id", "status"]).doUpdateSet({ count: sql`digest_tally.count + excluded.count` }),
    )
    .execute();
}

/** Adds to the kept counts of why deliveries of a digest were skipped. */
export async function addSkips(tx: Tx, digestId: number, reason: string, count: number): Promise<void> {
  if (count === 0) return;
  await tx
    .insertInto("digest_skip")
    .values({ digest_id: digestId, reason, count })
    .onConflict((conflict) =>
      conflict.columns(["digest_id", "reason"]).doUpdateSet({ count: sql`digest_skip.count + excluded.count` }),
    )
    .execute();
}

/**
 * Declares a digest sent once all of it is planned and no batch of it is open. Who adds batches to a planned digest holds
 * its row: where rows are locked, the last look at the batches is taken by a statement that begins after that. One that
 * is still being planned is not waited for: planning looks at the end.
 */
export async function finishDigestIfDone(tx: Tx, engine: Engine, digestId: number, at: number): Promise<boolean> {
  if (engine.locksRows) {
    if (!(await doneOf(tx, digestId).executeTakeFirst())) return false;
    await tx.selectFrom("digest").select("id").where("id", "=", digestId).forNoKeyUpdate().execute();
  }
  const { numUpdatedRows } = await tx
    .updateTable("digest")
    .set({ status: "sent", finished_at: at })
    .where("id", "in", doneOf(tx, digestId))
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function doneOf(db: Db, digestId: number) {
  return db
    .selectFrom("digest")
    .select("digest.id")
    .where("digest.id", "=", digestId)
    .where("digest.status", "=", "sending")
    .where("digest.planned_at", "is not", null)
    .where((eb) => eb.not(eb.exists(openBatchesOf(db, digestId))));
}

function openBatchesOf(db: Db, digestId: number) {
  return db
    .selectFrom("batch")
    .select("batch.id")
    .where("batch.digest_id", "=", digestId)
    .where("batch.status", "in", ["filling", "queued", "sending", "refused"]);
}

export function findMode(db: Db, digestId: number) {
  return db.selectFrom("digest").select(["id", "mode"]).where("id", "=", digestId).executeTakeFirstOrThrow();
}

export async function pauseAllSending(db: Db, reason: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("digest")
    .set({ status: "paused", reason })
    .where("status", "=", "sending")
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function pauseOne(tx: Tx, digestId: number, reason: string): Promise<void> {
  await tx
    .updateTable("digest")
    .set({ status: "paused", reason })
    .where("id", "=", digestId)
    .where("status", "=", "sending")
    .execute();
}

export async function digestUidOf(db: Db, digestId: number): Promise<string> {
  const { uid } = await db.selectFrom("digest").select("uid").where("id", "=", digestId).executeTakeFirstOrThrow();
  return uid;
}

export async function digestStatusOf(db: Db, digestId: number): Promise<string> {
  const { status } = await db
    .selectFrom("digest")
    .select("status")
    .where("id", "=", digestId)
    .executeTakeFirstOrThrow();
  return status;
}
