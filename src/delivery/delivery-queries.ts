import { type Insertable, sql, type Updateable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { DeliveryTable } from "./table.ts";
import type { DeliveryStatus } from "./words.ts";

export async function insertDeliveries(tx: Tx, rows: Insertable<DeliveryTable>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto("delivery").values(rows).execute();
}

/** Members of a batch that is being frozen, with what decides whether they may still be mailed. */
export function membersToFreeze(tx: Tx, batchId: number) {
  return tx
    .selectFrom("delivery")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .leftJoin("suppression", (join) =>
      join.onRef("suppression.address_index", "=", "subscriber.address_index").on("suppression.lifted_at", "is", null),
    )
    .select(["delivery.id", "subscriber.status as reader", "suppression.reason as suppressed"])
    .where("delivery.batch_id", "=", batchId)
    .where("delivery.status", "=", "queued")
    .orderBy("delivery.id")
    .execute();
}

/** Keeps each member's address as it is encrypted now, so that every retry sends the same bytes. */
export async function freezeAddresses(tx: Tx, batchId: number): Promise<void> {
  await tx
    .updateTable("delivery")
    .set((eb) => ({
      address: eb
        .selectFrom("subscriber")
        .select("subscriber.address")
        .whereRef("subscriber.id", "=", "delivery.subscriber_id"),
    }))
    .where("batch_id", "=", batchId)
    .where("status", "=", "queued")
    .execute();
}

/** The frozen members in their frozen order. */
export function frozenMembers(db: Db, batchId: number) {
  return db
    .selectFrom("delivery")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .select(["delivery.id", "delivery.variant_id", "delivery.address", "delivery.status", "subscriber.uid"])
    .where("delivery.batch_id", "=", batchId)
    .where("delivery.address", "is not", null)
    .orderBy("delivery.id")
    .execute();
}

/** Moves these deliveries where the step is forward, and gives the status each moved one left. */
export async function moveDeliveries(
  tx: Tx,
  engine: Engine,
  ids: number[],
  from: readonly DeliveryStatus[],
  change: Updateable<DeliveryTable> & { status: DeliveryStatus },
): Promise<{ id: number; from: DeliveryStatus }[]> {
  if (ids.length === 0) return [];
  const moving = await tx
    .selectFrom("delivery")
    .select(["id", "status as from"])
    .where("id", "in", ids)
    .where("status", "in", from)
    .$if(engine.locksRows, (query) => query.forUpdate())
    .execute();
  const chosen = moving.map((row) => row.id);
  if (chosen.length > 0) await tx.updateTable("delivery").set(change).where("id", "in", chosen).execute();
  return moving;
}

/** Notes the provider's ids of an accepted batch and lets go of the frozen addresses. */
export async function noteAccepted(tx: Tx, accepted: { id: number; providerId: string }[], at: number): Promise<void> {
  const values = sql.join(accepted.map((one) => sql`(cast(${one.id} as bigint), cast(${one.providerId} as text))`));
  await sql`
    with taken (id, provider_id) as (values ${values})
    update delivery set provider_id = taken.provider_id, submitted_at = ${at}, address = null
    from taken where delivery.id = taken.id`.execute(tx);
}

export async function dropAddresses(tx: Tx, batchId: number): Promise<void> {
  await tx.updateTable("delivery").set({ address: null }).where("batch_id", "=", batchId).execute();
}

export async function moveMembers(tx: Tx, ids: number[], batchId: number): Promise<void> {
  await tx.updateTable("delivery").set({ batch_id: batchId }).where("id", "in", ids).execute();
}

export type FoundDelivery = Awaited<ReturnType<typeof findDeliveries>>[number];

export function findDeliveries(db: Db, ids: number[]) {
  return db
    .selectFrom("delivery")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .leftJoin("digest", "digest.id", "delivery.digest_id")
    .select([
      "delivery.id",
      "delivery.digest_id",
      "delivery.subscriber_id",
      "delivery.status",
      "batch.uid as batch_uid",
      "digest.uid as digest_uid",
      "subscriber.uid as subscriber_uid",
      "subscriber.address_index",
    ])
    .where("delivery.id", "in", ids)
    .execute();
}

/** The statuses of these deliveries, which nobody else moves until the transaction ends. `ids` in ascending order. */
export async function lockStatuses(tx: Tx, engine: Engine, ids: number[]): Promise<Map<number, DeliveryStatus>> {
  if (ids.length === 0) return new Map();
  const rows = await tx
    .selectFrom("delivery")
    .select(["id", "status"])
    .where("id", "in", ids)
    .orderBy("id")
    .$if(engine.locksRows, (query) => query.forUpdate())
    .execute();
  return new Map(rows.map((row) => [row.id, row.status]));
}

/** Where a delivery came to stand, and why. */
export interface Moved {
  id: number;
  status: DeliveryStatus;
  reason: string | null;
  eventAt: number;
}

/** Writes each delivery's own status, in one statement. */
export async function moveEach(tx: Tx, moved: Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const values = moved.map(
    ({ id, status, reason, eventAt }) =>
      sql`(cast(${id} as bigint), cast(${status} as text), cast(${reason} as text), cast(${eventAt} as bigint))`,
  );
  await sql`
    with moved (id, status, reason, event_at) as (values ${sql.join(values)})
    update delivery set status = moved.status, reason = moved.reason, event_at = moved.event_at
    from moved where delivery.id = moved.id`.execute(tx);
}

export async function memberIds(tx: Tx, batchId: number): Promise<number[]> {
  const rows = await tx.selectFrom("delivery").select("id").where("batch_id", "=", batchId).execute();
  return rows.map((row) => row.id);
}

export async function failedOf(tx: Tx, engine: Engine, digestId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom("delivery")
    .select("id")
    .where("digest_id", "=", digestId)
    .where("status", "=", "failed")
    .orderBy("id")
    .$if(engine.locksRows, (query) => query.forUpdate())
    .execute();
  return rows.map((row) => row.id);
}

export async function requeueDelivery(tx: Tx, ids: number[], batchId: number): Promise<void> {
  await tx
    .updateTable("delivery")
    .set({ status: "queued", reason: null, batch_id: batchId, address: null, provider_id: null })
    .where("id", "in", ids)
    .execute();
}

/** The ledger of a digest in key order: no address in it. */
export function pageOfDeliveries(
  db: Db,
  digestId: number,
  after: number,
  limit: number,
  status: DeliveryStatus | null,
) {
  return db
    .selectFrom("delivery")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .select([
      "delivery.id",
      "subscriber.uid as subscriber",
      "delivery.status",
      "delivery.reason",
      "delivery.provider_id",
      "delivery.submitted_at",
      "delivery.event_at",
    ])
    .where("delivery.digest_id", "=", digestId)
    .where("delivery.id", ">", after)
    .$if(status !== null, (query) => query.where("delivery.status", "=", status ?? "queued"))
    .orderBy("delivery.id")
    .limit(limit)
    .execute();
}
