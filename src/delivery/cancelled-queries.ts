import type { Db } from "../db/database.ts";

/** As much of a digest as skipping what is left of it needs; undefined for a single mail's batch. */
export async function findDigestMode(db: Db, digestId: number | null) {
  if (digestId === null) return undefined;
  return db.selectFrom("digest").select(["id", "mode"]).where("id", "=", digestId).executeTakeFirst();
}
