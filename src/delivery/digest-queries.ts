import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { DeliveryStatus } from "./words.ts";

/** Adds to a digest's counters; `counts` may be negative. */
export async function addToTally(tx: Tx, digestId: number, counts: Map<DeliveryStatus, number>): Promise<void> {
  const rows = [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [status, count] of rows) {
    await tx
      .insertInto("digest_tally")
      .values({ digest_id: digestId, status, count })
      .onConflict((conflict) =>
        conflict.columns(["digest_id", "status"]).doUpdateSet({ count: sql`digest_tally.count + excluded.count` }),
      )
      .execute();
  }
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

export async function digestUidOf(db: Db, digestId: number): Promise<string> {
  const { uid } = await db.selectFrom("digest").select("uid").where("id", "=", digestId).executeTakeFirstOrThrow();
  return uid;
}

export async function pauseAllSending(db: Db, reason: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("digest")
    .set({ status: "paused", reason })
    .where("status", "=", "sending")
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function digestStatusOf(db: Db, digestId: number | null): Promise<string | null> {
  if (digestId === null) return null;
  const row = await db.selectFrom("digest").select("status").where("id", "=", digestId).executeTakeFirst();
  return row?.status ?? null;
}
