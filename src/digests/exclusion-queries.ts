import { type Insertable, sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { DigestExclusionPageTable } from "./table.ts";

export async function addExclusions(tx: Tx, digestId: number, counts: Map<string, number>): Promise<void> {
  for (const [reason, count] of counts) {
    await tx
      .insertInto("digest_exclusion")
      .values({ digest_id: digestId, reason, count })
      .onConflict((conflict) =>
        conflict.columns(["digest_id", "reason"]).doUpdateSet({ count: sql`digest_exclusion.count + excluded.count` }),
      )
      .execute();
  }
}

export async function insertExclusionPages(tx: Tx, rows: Insertable<DigestExclusionPageTable>[]): Promise<void> {
  await tx.insertInto("digest_exclusion_page").values(rows).execute();
}

/** All rows of the first page of planning that reaches this reader or beyond: whether they were left out stands there. */
export function exclusionPageAt(db: Db, digestId: number, readerId: number) {
  return db
    .selectFrom("digest_exclusion_page")
    .select(["upto", "reason", "readers"])
    .where("digest_id", "=", digestId)
    .where("upto", "=", (eb) =>
      eb
        .selectFrom("digest_exclusion_page as page")
        .select((inner) => inner.fn.min<number>("page.upto").as("upto"))
        .where("page.digest_id", "=", digestId)
        .where("page.upto", ">=", readerId),
    )
    .execute();
}

/** The public ids of readers, by id. */
export async function readerUids(db: Db, ids: number[]): Promise<Map<number, string>> {
  if (ids.length === 0) return new Map();
  const rows = await db.selectFrom("subscriber").select(["id", "uid"]).where("id", "in", ids).execute();
  return new Map(rows.map((row) => [row.id, row.uid]));
}
