import type { Db, Engine, Tx } from "../db/database.ts";

/** The first day on which this domain handed anything over while warming up. */
export async function firstDay(db: Db, domain: string): Promise<string | null> {
  const row = await db
    .selectFrom("warm_up_day")
    .select("day")
    .where("domain", "=", domain)
    .orderBy("day")
    .limit(1)
    .executeTakeFirst();
  return row?.day ?? null;
}

/** What was handed over on a day; nobody else counts on it until the transaction ends. */
export async function holdDay(tx: Tx, engine: Engine, domain: string, day: string): Promise<number> {
  await tx
    .insertInto("warm_up_day")
    .values({ domain, day, handed: 0 })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const { handed } = await tx
    .selectFrom("warm_up_day")
    .select("handed")
    .where("domain", "=", domain)
    .where("day", "=", day)
    .$if(engine.locksRows, (query) => query.forUpdate())
    .executeTakeFirstOrThrow();
  return handed;
}

export async function handedOn(db: Db, domain: string, day: string): Promise<number> {
  const row = await db
    .selectFrom("warm_up_day")
    .select("handed")
    .where("domain", "=", domain)
    .where("day", "=", day)
    .executeTakeFirst();
  return row?.handed ?? 0;
}

export async function addToDay(tx: Tx, domain: string, day: string, count: number): Promise<void> {
  await tx
    .updateTable("warm_up_day")
    .set((eb) => ({ handed: eb("handed", "+", count) }))
    .where("domain", "=", domain)
    .where("day", "=", day)
    .execute();
}

/** Deliveries of a batch that are still to be handed over, in their order. */
export async function queuedMembers(db: Db, batchId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("delivery")
    .select("id")
    .where("batch_id", "=", batchId)
    .where("status", "=", "queued")
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

/** Hands a leased batch back, untried, until a moment. */
export async function putBack(tx: Tx, batchId: number, until: number, reason: string): Promise<void> {
  await tx
    .updateTable("batch")
    .set((eb) => ({
      status: "queued",
      lease_until: null,
      attempts: eb("attempts", "-", 1),
      next_attempt_at: until,
      reason,
    }))
    .where("id", "=", batchId)
    .execute();
}
