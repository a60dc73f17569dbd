import type { Insertable, Selectable, Updateable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { SubscriberTable, SubscriptionRequestTable } from "./table.ts";
import type { SubscriberStatus } from "./words.ts";

export type Subscriber = Selectable<SubscriberTable>;
export type SubscriptionRequestRow = Selectable<SubscriptionRequestTable>;

export async function insertRequest(
  db: Db,
  row: { address: Uint8Array; address_index: string; request: string; requested_at: number },
) {
  const { id } = await db.insertInto("subscription_request").values(row).returning("id").executeTakeFirstOrThrow();
  return id;
}

export function findRequest(db: Db, id: number): Promise<SubscriptionRequestRow | undefined> {
  return db.selectFrom("subscription_request").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Takes a request out of the table; undefined when another worker did. */
export function takeRequestRow(tx: Tx, id: number) {
  return tx.deleteFrom("subscription_request").where("id", "=", id).returningAll().executeTakeFirst();
}

/** Requests older than `before` that no job took yet. */
export async function waitingRequests(db: Db, before: number, limit: number): Promise<number[]> {
  const rows = await db
    .selectFrom("subscription_request")
    .select("id")
    .where("requested_at", "<", before)
    .orderBy("id")
    .limit(limit)
    .execute();
  return rows.map((row) => row.id);
}

export async function deleteRequestsOf(tx: Tx, addressIndex: string): Promise<void> {
  await tx.deleteFrom("subscription_request").where("address_index", "=", addressIndex).execute();
}

/** One subscriber, locked for the rest of the transaction. */
export function lockByIndex(tx: Tx, engine: Engine, addressIndex: string): Promise<Subscriber | undefined> {
  return locked(tx, engine).where("address_index", "=", addressIndex).executeTakeFirst();
}

export function lockByUid(tx: Tx, engine: Engine, uid: string): Promise<Subscriber | undefined> {
  return locked(tx, engine).where("uid", "=", uid).executeTakeFirst();
}

function locked(tx: Tx, engine: Engine) {
  return tx
    .selectFrom("subscriber")
    .selectAll()
    .$if(engine.locksRows, (query) => query.forUpdate());
}

export function findByUid(db: Db, uid: string): Promise<Subscriber | undefined> {
  return db.selectFrom("subscriber").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export async function insertSubscriber(tx: Tx, row: Insertable<SubscriberTable>): Promise<number> {
  const { id } = await tx.insertInto("subscriber").values(row).returning("id").executeTakeFirstOrThrow();
  return id;
}

/** Changes a subscriber that still stands in one of `from`; false when it does not. */
export async function updateSubscriber(
  tx: Tx,
  id: number,
  from: readonly SubscriberStatus[],
  change: Updateable<SubscriberTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("subscriber")
    .set(change)
    .where("id", "=", id)
    .where("status", "in", from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Removes a subscriber who never confirmed, with the ledger and single mails of the attempt, also those under way. */
export async function deleteUnconfirmed(tx: Tx, id: number): Promise<void> {
  const batches = tx.selectFrom("delivery").select("batch_id").where("subscriber_id", "=", id);
  await tx.deleteFrom("frozen_batch").where("batch_id", "in", batches).execute();
  await tx.deleteFrom("delivery").where("subscriber_id", "=", id).execute();
  await tx.deleteFrom("consent_event").where("subscriber_id", "=", id).execute();
  await tx.deleteFrom("subscriber").where("id", "=", id).where("status", "=", "pending").execute();
}

/** Pending rows older than `before`, oldest first. */
export function stalePending(tx: Tx, before: number, limit: number): Promise<Subscriber[]> {
  return tx
    .selectFrom("subscriber")
    .selectAll()
    .where("status", "=", "pending")
    .where("created_at", "<", before)
    .orderBy("created_at")
    .limit(limit)
    .execute();
}

export async function countHits(tx: Tx, key: string, since: number): Promise<{ count: number; oldest: number | null }> {
  await tx.deleteFrom("rate_hit").where("key", "=", key).where("at", "<=", since).execute();
  const row = await tx
    .selectFrom("rate_hit")
    .select((eb) => [eb.fn.countAll<number>().as("count"), eb.fn.min<number | null>("at").as("oldest")])
    .where("key", "=", key)
    .executeTakeFirstOrThrow();
  return { count: Number(row.count), oldest: row.oldest };
}

export async function insertHit(tx: Tx, key: string, at: number): Promise<void> {
  await tx.insertInto("rate_hit").values({ key, at }).execute();
}

export async function deleteOldHits(db: Db, before: number): Promise<void> {
  await db.deleteFrom("rate_hit").where("at", "<", before).execute();
}
