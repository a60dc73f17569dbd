import type { Db } from "../db/database.ts";

/** Notes how many messages of a digest have been handed over by now, and drops marks that nobody asks for any more. */
export async function insertMark(db: Db, digestId: number, now: number, dropBefore: number): Promise<void> {
  await db
    .insertInto("digest_pace")
    .columns(["digest_id", "at", "handed"])
    .expression((eb) =>
      eb
        .selectFrom("digest_tally")
        .select((of) => [
          of.val(digestId).$castTo<number>().as("digest_id"),
          of.val(now).$castTo<number>().as("at"),
          of.fn.coalesce(of.fn.sum<number>("count"), of.lit(0)).as("handed"),
        ])
        .where("digest_id", "=", digestId)
        .where("status", "not in", ["queued", "skipped"]),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  await db.deleteFrom("digest_pace").where("digest_id", "=", digestId).where("at", "<", dropBefore).execute();
}

/** The first mark between two moments that is not above `handed`. */
export function firstMark(db: Db, digestId: number, from: number, upto: number, handed: number) {
  return db
    .selectFrom("digest_pace")
    .select(["at", "handed"])
    .where("digest_id", "=", digestId)
    .where("at", ">=", from)
    .where("at", "<=", upto)
    .where("handed", "<=", handed)
    .orderBy("at")
    .limit(1)
    .executeTakeFirst();
}

export async function deleteMarks(db: Db, digestId: number): Promise<void> {
  await db.deleteFrom("digest_pace").where("digest_id", "=", digestId).execute();
}
