import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { PageState, SourcePageTable } from "./table.ts";

export type SourcePage = Selectable<SourcePageTable>;

/** Rows of one statement: well below the engines' limits on parameters. */
const CHUNK = 200;

/** Writes what a source names: new pages, and those of which it says something else than before, become due. */
export async function upsertPages(tx: Tx, rows: Insertable<SourcePageTable>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += CHUNK) {
    await tx
      .insertInto("source_page")
      .values(rows.slice(at, at + CHUNK))
      .onConflict((conflict) =>
        conflict
          .columns(["source_id", "url"])
          .doUpdateSet((eb) => ({
            marker: eb.ref("excluded.marker"),
            next_at: eb.ref("excluded.next_at"),
            revision: eb("source_page.revision", "+", 1),
            state: eb
              .case()
              .when(eb.or([eb("excluded.state", "=", "outside"), eb("source_page.state", "=", "outside")]))
              .then(eb.ref("excluded.state"))
              .else(eb.ref("source_page.state"))
              .end(),
            reason: eb
              .case()
              .when(eb.or([eb("excluded.state", "=", "outside"), eb("source_page.state", "=", "outside")]))
              .then(eb.ref("excluded.reason"))
              .else(eb.ref("source_page.reason"))
              .end(),
          }))
          .whereRef("source_page.marker", "!=", "excluded.marker"),
      )
      .execute();
  }
}

/** Makes one page due, known or not; gives its id. */
export async function askForPage(tx: Tx, row: Insertable<SourcePageTable>): Promise<number> {
  const { id } = await tx
    .insertInto("source_page")
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(["source_id", "url"]).doUpdateSet((eb) => ({
        next_at: eb.ref("excluded.next_at"),
        revision: eb("source_page.revision", "+", 1),
      })),
    )
    .returning("id")
    .executeTakeFirstOrThrow();
  return id;
}

/** Makes the pages of a source due now that could not be fetched. */
export async function retryFailing(db: Db, sourceId: number, now: number): Promise<void> {
  await db
    .updateTable("source_page")
    .set((eb) => ({ next_at: now, revision: eb("revision", "+", 1) }))
    .where("source_id", "=", sourceId)
    .where("state", "=", "failing")
    .execute();
}

/**
 * Makes every page of a source due now, and forgets their modification dates: servers that deploy files with their old
 * dates would keep on answering 304, and who asks wants to be certain.
 */
export async function askForPages(db: Db, sourceId: number, now: number): Promise<void> {
  await db
    .updateTable("source_page")
    .set((eb) => ({ next_at: now, revision: eb("revision", "+", 1), last_modified: null }))
    .where("source_id", "=", sourceId)
    .where("state", "!=", "outside")
    .execute();
}

/** The page of a source that has been due for longest and that nobody looks at. */
export async function nextDuePage(db: Db, sourceId: number, now: number): Promise<number | undefined> {
  const row = await db
    .selectFrom("source_page")
    .select("id")
    .where("source_id", "=", sourceId)
    .where("next_at", "<=", now)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<", now)]))
    .orderBy("next_at")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst();
  return row?.id;
}

/** Leases a page that is due. Undefined: not now, or not ours. */
export function claimPage(db: Db, id: number, now: number, leaseUntil: number): Promise<SourcePage | undefined> {
  return db
    .updateTable("source_page")
    .set({ lease_until: leaseUntil })
    .where("id", "=", id)
    .where("next_at", "<=", now)
    .where((eb) => eb.or([eb("lease_until", "is", null), eb("lease_until", "<", now)]))
    .returningAll()
    .executeTakeFirst();
}

/** Writes what a look at a page found; one that became due anew during the look stays due. */
export async function settlePage(
  db: Db,
  seen: SourcePage,
  { next_at, ...change }: Updateable<SourcePageTable> & { next_at: number | null },
): Promise<void> {
  await db
    .updateTable("source_page")
    .set((eb) => ({
      ...change,
      lease_until: null,
      next_at: eb.case().when("revision", "=", seen.revision).then(next_at).else(eb.ref("next_at")).end(),
    }))
    .where("id", "=", seen.id)
    .where("lease_until", "=", seen.lease_until)
    .execute();
}

/** How many pages of each source stand how. */
export function countPages(db: Db, now: number) {
  return db
    .selectFrom("source_page")
    .select((eb) => [
      "source_id",
      "state",
      eb.fn.countAll<number>().as("count"),
      eb.fn.count<number>("taken_at").as("taken"),
      eb.fn.sum<number>(eb.case().when("next_at", "<=", now).then(1).else(0).end()).as("due"),
    ])
    .groupBy(["source_id", "state"])
    .execute();
}

/** Pages of a source in these states, oldest first. */
export function listPages(db: Db, sourceId: number, states: PageState[], limit: number): Promise<SourcePage[]> {
  return db
    .selectFrom("source_page")
    .selectAll()
    .where("source_id", "=", sourceId)
    .where("state", "in", states)
    .orderBy("id")
    .limit(limit)
    .execute();
}

export async function deletePages(tx: Tx, sourceId: number): Promise<void> {
  await tx.deleteFrom("source_page").where("source_id", "=", sourceId).execute();
}
