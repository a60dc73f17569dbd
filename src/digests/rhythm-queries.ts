import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import { CADENCES, type Cadence } from "../subscribers/words.ts";
import { type AudienceFilter, audience } from "./queries.ts";

/**
 * Cadence and zone pairs that active readers have, found by skipping from one to the next in an index: the cost goes
 * with the pairs, not with the readers.
 */
export async function rhythmsInUse(db: Db): Promise<{ cadence: Cadence; timezone: string }[]> {
  const cadences = sql.join(
    CADENCES.map((cadence) => sql`select cast(${cadence} as text) as cadence`),
    sql` union all `,
  );
  const query = sql<{ cadence: Cadence; timezone: string }>`
    with recursive rhythm (cadence, timezone) as (
      select cadence, (
        select min(timezone) from subscriber where status = 'active' and subscriber.cadence = one.cadence)
      from (${cadences}) as one
      union all
      select cadence, (
        select min(timezone) from subscriber
        where status = 'active' and subscriber.cadence = rhythm.cadence and timezone > rhythm.timezone)
      from rhythm where timezone is not null)
    select cadence, timezone from rhythm where timezone is not null`;
  return (await query.execute(db)).rows;
}

/**
 * The lowest place of any reader of this audience who could be told something now: one who does not pause, is not held
 * by the weekly cap and may be mailed. Null when there is no such reader.
 */
export async function lowestPlace(db: Db, filter: AudienceFilter, now: number): Promise<number | null> {
  const row = await audience(db, filter)
    .select("subscriber.watermark")
    .where((eb) => eb.or([eb("subscriber.paused_until", "is", null), eb("subscriber.paused_until", "<=", now)]))
    .where((eb) => eb.or([eb("subscriber.capped_until", "is", null), eb("subscriber.capped_until", "<=", now)]))
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("suppression")
            .select("suppression.address_index")
            .whereRef("suppression.address_index", "=", "subscriber.address_index")
            .where("suppression.lifted_at", "is", null),
        ),
      ),
    )
    .orderBy("subscriber.watermark")
    .limit(1)
    .executeTakeFirst();
  return row?.watermark ?? null;
}

const LOOK = 1;

/** When the calendar was last looked at; null when it never was. */
export async function lastLook(db: Db): Promise<number | null> {
  const row = await db.selectFrom("schedule_look").select("at").where("id", "=", LOOK).executeTakeFirst();
  return row?.at ?? null;
}

export async function noteLook(db: Db, at: number): Promise<void> {
  await db
    .insertInto("schedule_look")
    .values({ id: LOOK, at })
    .onConflict((conflict) => conflict.column("id").doUpdateSet({ at }))
    .execute();
}

/** Notes an edition as handled; false when another process did. */
export async function insertScheduleRun(
  tx: Tx,
  run: { cadence: Cadence; timezone: string; edition: string; digest_id: number | null; created_at: number },
): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await tx
    .insertInto("schedule_run")
    .values(run)
    .onConflict((conflict) => conflict.columns(["cadence", "timezone", "edition"]).doNothing())
    .executeTakeFirst();
  return numInsertedOrUpdatedRows === 1n;
}

/** Forgets editions of days before `first` and after `last`. */
export async function deleteScheduleRuns(db: Db, first: string, last: string): Promise<void> {
  await db
    .deleteFrom("schedule_run")
    .where((eb) => eb.or([eb("edition", "<", first), eb("edition", ">", last)]))
    .execute();
}

/** Whether an edition for those who want news at once is still being planned. */
export async function immediateUnderWay(db: Db): Promise<boolean> {
  const row = await db
    .selectFrom("digest")
    .select("id")
    .where("cadence", "=", "immediate")
    .where("automatic", "=", 1)
    .where("status", "in", ["sending", "paused"])
    .where("planned_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Those of these readers who were owed at least `cap` mails after `since`, corrections apart, and the first of them. */
export async function readersAtCap(
  db: Db,
  ids: number[],
  { cap, since }: { cap: number; since: number },
): Promise<{ subscriber_id: number; first: number }[]> {
  if (ids.length === 0) return [];
  return db
    .selectFrom("delivery")
    .innerJoin("digest", "digest.id", "delivery.digest_id")
    .select((eb) => ["delivery.subscriber_id", eb.fn.min<number>("delivery.owed_at").as("first")])
    .where("delivery.subscriber_id", "in", ids)
    .where("delivery.owed_at", ">", since)
    .where("delivery.status", "not in", ["failed", "skipped"])
    .where("digest.mode", "!=", "correction")
    .groupBy("delivery.subscriber_id")
    .having((eb) => eb(eb.fn.countAll<number>(), ">=", cap))
    .execute();
}

/** Notes until when the weekly cap holds these readers. */
export async function holdReaders(tx: Tx, ids: number[], until: number): Promise<void> {
  if (ids.length > 0) {
    await tx.updateTable("subscriber").set({ capped_until: until }).where("id", "in", ids).execute();
  }
}
