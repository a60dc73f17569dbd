import type { Db } from "../db/database.ts";

/** Whether the provider took a message later than `at`; of the digest with this uid, or of any when it is empty. */
export async function acceptedSince(db: Db, at: number, digestUid: string): Promise<boolean> {
  const row = await db
    .selectFrom("batch")
    .innerJoin("delivery", "delivery.batch_id", "batch.id")
    .leftJoin("digest", "digest.id", "batch.digest_id")
    .select("delivery.id")
    .where("batch.settled_at", ">", at)
    .where("delivery.submitted_at", ">", at)
    .$if(digestUid !== "", (query) => query.where("digest.uid", "=", digestUid))
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}

/** Whether a digest is over. */
export async function wasLeft(db: Db, digestUid: string): Promise<boolean> {
  const row = await db.selectFrom("digest").select("status").where("uid", "=", digestUid).executeTakeFirst();
  return row === undefined || row.status === "sent" || row.status === "cancelled";
}

/** Goes on with the digests that were paused with exactly this reason, and gives them. */
export async function resumePausedFor(db: Db, reason: string): Promise<number[]> {
  const rows = await db
    .updateTable("digest")
    .set({ status: "sending", reason: null })
    .where("status", "=", "paused")
    .where("reason", "=", reason)
    .returning("id")
    .execute();
  return rows.map((row) => row.id);
}
