import type { Db, Engine, Tx } from "../db/database.ts";

/** Stores a provider's notice once; null when it was stored before. */
export async function insertProviderEvent(db: Db, id: string, event: string, at: number): Promise<number | null> {
  const row = await db
    .insertInto("provider_event")
    .values({ provider_event_id: id, event, received_at: at })
    .onConflict((conflict) => conflict.column("provider_event_id").doNothing())
    .returning("id")
    .executeTakeFirst();
  return row?.id ?? null;
}

/** Claims a notice for applying; undefined when it was applied before. */
export function takeProviderEvent(tx: Tx, id: number, at: number) {
  return tx
    .updateTable("provider_event")
    .set({ applied_at: at })
    .where("id", "=", id)
    .where("applied_at", "is", null)
    .returning("event")
    .executeTakeFirst();
}

export async function isWaiting(db: Db, id: number): Promise<boolean> {
  const row = await db
    .selectFrom("provider_event")
    .select("id")
    .where("id", "=", id)
    .where("applied_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}

/** Claims the oldest notices that wait and that nobody else holds, in their order. */
export async function takeWaitingEvents(tx: Tx, engine: Engine, at: number, limit: number) {
  const rows = await tx
    .selectFrom("provider_event")
    .select(["id", "event"])
    .where("applied_at", "is", null)
    .orderBy("id")
    .limit(limit)
    .$if(engine.locksRows, (query) => query.forUpdate().skipLocked())
    .execute();
  const ids = rows.map((row) => row.id);
  if (ids.length > 0) await tx.updateTable("provider_event").set({ applied_at: at }).where("id", "in", ids).execute();
  return rows;
}

export async function waitingProviderEvents(db: Db, after: number, before: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("provider_event")
    .select("id")
    .where("applied_at", "is", null)
    .where("received_at", ">", after)
    .where("received_at", "<", before)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function deleteOldProviderEvents(db: Db, before: number): Promise<void> {
  await db.deleteFrom("provider_event").where("received_at", "<", before).execute();
}
