import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { SourceTable } from "./table.ts";

export type Source = Selectable<SourceTable>;

/** Inserts a source unless its address is followed already; undefined then. */
export function insertSource(tx: Tx, row: Insertable<SourceTable>): Promise<Source | undefined> {
  return tx
    .insertInto("source")
    .values(row)
    .onConflict((conflict) => conflict.column("url").doNothing())
    .returningAll()
    .executeTakeFirst();
}

export function findSourceByUrl(db: Db, url: string): Promise<Source | undefined> {
  return db.selectFrom("source").selectAll().where("url", "=", url).executeTakeFirst();
}

export function findSource(db: Db, uid: string): Promise<Source | undefined> {
  return db.selectFrom("source").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export function allSources(db: Db): Promise<Source[]> {
  return db.selectFrom("source").selectAll().orderBy("id").execute();
}

/** Leases a source that is followed and that nobody holds. Undefined: not now, or not ours. */
export function claimSource(db: Db, id: number, now: number, leaseUntil: number): Promise<Source | undefined> {
  return db
    .updateTable("source")
    .set({ lease_until: leaseUntil })
    .where("id", "=", id)
    .where("status", "=", "active")
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<", now)]))
    .returningAll()
    .executeTakeFirst();
}

/**
 * Writes what reading a held source's list came to; a list that became due anew meanwhile stays due. Undefined when the
 * lease ran out and it is another's, or it is removed.
 */
export function settleList(
  db: Db,
  held: Source,
  { next_poll_at, ...change }: Updateable<SourceTable> & { next_poll_at: number },
): Promise<Source | undefined> {
  return db
    .updateTable("source")
    .set((eb) => ({
      ...change,
      next_poll_at: eb
        .case()
        .when("next_poll_at", "=", held.next_poll_at)
        .then(next_poll_at)
        .else(eb.ref("next_poll_at"))
        .end(),
    }))
    .where("id", "=", held.id)
    .where("lease_until", "=", held.lease_until)
    .returningAll()
    .executeTakeFirst();
}

/** Lets go of a held source; undefined when it is held no more. */
export function releaseSource(db: Db, held: Source): Promise<Source | undefined> {
  return db
    .updateTable("source")
    .set({ lease_until: null })
    .where("id", "=", held.id)
    .where("lease_until", "=", held.lease_until)
    .returningAll()
    .executeTakeFirst();
}

export function updateSource(db: Db, uid: string, change: Updateable<SourceTable>): Promise<Source | undefined> {
  return db.updateTable("source").set(change).where("uid", "=", uid).returningAll().executeTakeFirst();
}

/** Counts a page whose host failed, and lets the host rest until the given time; null: no rest yet. */
export async function countPageFailure(db: Db, id: number, restUntil: number | null): Promise<void> {
  await db
    .updateTable("source")
    .set((eb) => ({ page_failures: eb("page_failures", "+", 1), ...(restUntil ? { rest_until: restUntil } : {}) }))
    .where("id", "=", id)
    .execute();
}

export async function forgetPageFailures(db: Db, id: number): Promise<void> {
  await db.updateTable("source").set({ page_failures: 0, rest_until: null }).where("id", "=", id).execute();
}

export async function deleteSource(tx: Tx, uid: string): Promise<boolean> {
  const { numDeletedRows } = await tx.deleteFrom("source").where("uid", "=", uid).executeTakeFirst();
  return numDeletedRows === 1n;
}

/** Followed sources that nobody holds although their list or one of their pages is due. */
export async function dueSources(db: Db, now: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("source")
    .select("source.id")
    .where("status", "=", "active")
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<", now)]))
    .where((eb) =>
      eb.or([
        eb("next_poll_at", "<=", now),
        eb.and([
          eb.or([eb("rest_until", "is", null), eb("rest_until", "<=", now)]),
          eb.exists(
            eb
              .selectFrom("source_page")
              .select("source_page.id")
              .whereRef("source_page.source_id", "=", "source.id")
              .where("source_page.next_at", "<=", now),
          ),
        ]),
      ]),
    )
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}
