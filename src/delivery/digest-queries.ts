import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
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

/** Declares a digest sent once all of it is planned and no batch of it is open. */
export async function finishDigestIfDone(tx: Tx, digestId: number, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("digest")
    .set({ status: "sent", finished_at: at })
    .where("id", "=", digestId)
    .where("status", "=", "sending")
    .where("planned_at", "is not", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("batch")
            .select("batch.id")
            .where("batch.digest_id", "=", digestId)
            .where("batch.status", "in", ["filling", "queued", "sending"]),
        ),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function pauseAllSending(db: Db, reason: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("digest")
    .set({ status: "paused", reason })
    .where("status", "=", "sending")
    .executeTakeFirst();
  return Number(numUpdatedRows);
}
