import type { Db, Tx } from "../db/database.ts";

/** What the provider took of a digest, and what came back, as kept. */
export async function takenOf(db: Db, digestId: number): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom("digest_tally")
    .select(["status", "count"])
    .where("digest_id", "=", digestId)
    .where("status", "in", ["submitted", "delivered", "bounced", "complained"])
    .execute();
  return new Map(rows.map((row) => [row.status, row.count]));
}

export function seenRates(db: Db, digestId: number) {
  return db
    .selectFrom("digest")
    .select(["bounces_seen as bounces", "complaints_seen as complaints"])
    .where("id", "=", digestId)
    .where("status", "=", "sending")
    .executeTakeFirst();
}

export async function noteSeen(
  tx: Db,
  digestId: number,
  seen: { bounces: number | null; complaints: number | null },
): Promise<void> {
  await tx
    .updateTable("digest")
    .set({ bounces_seen: seen.bounces, complaints_seen: seen.complaints })
    .where("id", "=", digestId)
    .execute();
}

/** Pauses one digest that is being sent; false when it is not. */
export async function pauseOne(tx: Tx, digestId: number, reason: string): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("digest")
    .set({ status: "paused", reason })
    .where("id", "=", digestId)
    .where("status", "=", "sending")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
