import { type RawBuilder, sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import { CADENCES, type Cadence } from "../subscribers/words.ts";
import type { AudienceFilter } from "./queries.ts";

/**
 * Cadence and zone pairs that active readers have, found by skipping from one to the next in an index: the cost goes
 * with the pairs, not with the readers.
 */
function rhythms(): RawBuilder<unknown> {
  const cadences = sql.join(
    CADENCES.map((cadence) => sql`select cast(${cadence} as text) as cadence`),
    sql` union all `,
  );
  return sql`
    with recursive rhythm (cadence, timezone) as (
      select cadence, (
        select min(timezone) from subscriber where status = 'active' and subscriber.cadence = one.cadence)
      from (${cadences}) as one
      union all
      select cadence, (
        select min(timezone) from subscriber
        where status = 'active' and subscriber.cadence = rhythm.cadence and timezone > rhythm.timezone)
      from rhythm where timezone is not null)`;
}

export async function rhythmsInUse(db: Db): Promise<{ cadence: Cadence; timezone: string }[]> {
  const query = sql<{ cadence: Cadence; timezone: string }>`
    ${rhythms()} select cadence, timezone from rhythm where timezone is not null`;
  return (await query.execute(db)).rows;
}

/**
 * The lowest place of any reader of this audience who could be told something now: one who does not pause, is not held
 * by the weekly cap and may be mailed. Null when there is no such reader.
 */
export async function lowestPlace(db: Db, { cadence, timezones }: AudienceFilter, now: number): Promise<number | null> {
  const query = sql<{ lowest: number | null }>`
    ${rhythms()}
    select min((
      select watermark from subscriber
      where status = 'active' and subscriber.cadence = rhythm.cadence and subscriber.timezone = rhythm.timezone
        and (paused_until is null or paused_until <= ${now})
        and (capped_until is null or capped_until <= ${now})
        and not exists (
          select 1 from suppression
          where suppression.address_index = subscriber.address_index and suppression.lifted_at is null)
      order by watermark limit 1)) as lowest
    from rhythm
    where timezone is not null
      ${cadence === null ? sql`` : sql`and cadence = ${cadence}`}
      ${timezones === null ? sql`` : sql`and timezone in (${sql.join(timezones)})`}`;
  return (await query.execute(db)).rows[0]?.lowest ?? null;
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
    .where(sql<boolean>`digest.mode <> 'correction'`)
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
