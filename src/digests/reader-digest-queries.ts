import type { Db } from "../db/database.ts";

/** Whose digests are asked for, as they are now. */
export function findReader(db: Db, uid: string) {
  return db
    .selectFrom("subscriber")
    .select(["id", "status", "cadence", "timezone", "confirmed_at", "left_at"])
    .where("uid", "=", uid)
    .executeTakeFirst();
}

/** Digests that were started, newest first. */
export function startedDigests(db: Db, before: number | null, limit: number) {
  return db
    .selectFrom("digest")
    .selectAll()
    .where("started_at", "is not", null)
    .$if(before !== null, (query) => query.where("id", "<", before ?? 0))
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** A reader's deliveries of these digests. */
export async function deliveriesOfReader(db: Db, readerId: number, digestIds: number[]) {
  if (digestIds.length === 0) return [];
  return db
    .selectFrom("delivery")
    .select(["id", "digest_id", "status", "reason", "provider_id", "submitted_at", "event_at"])
    .where("subscriber_id", "=", readerId)
    .where("digest_id", "in", digestIds)
    .execute();
}

/** Whether anyone whom a digest left out is known by name; false for what an older version planned. */
export async function namesExcluded(db: Db, digestId: number): Promise<boolean> {
  const row = await db
    .selectFrom("digest_exclusion_page")
    .select("upto")
    .where("digest_id", "=", digestId)
    .limit(1)
    .executeTakeFirst();
  return row !== undefined;
}
