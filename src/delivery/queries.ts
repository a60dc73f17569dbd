import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { BatchTable, DeliveryTable, VariantTable } from "./table.ts";
import type { DeliveryStatus, MailKind } from "./words.ts";

export type Variant = Selectable<VariantTable>;
export type Batch = Selectable<BatchTable>;
export type Delivery = Selectable<DeliveryTable>;

export function loadVariants(db: Db, ids: number[]): Promise<Variant[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db.selectFrom("variant").selectAll().where("id", "in", ids).execute();
}

export function findVariant(
  db: Db,
  digestId: number | null,
  kind: MailKind,
  key: string,
): Promise<Variant | undefined> {
  return db
    .selectFrom("variant")
    .selectAll()
    .where("digest_id", digestId === null ? "is" : "=", digestId)
    .where("kind", "=", kind)
    .where("key", "=", key)
    .executeTakeFirst();
}

/** Freezes a rendering; the one that was frozen first under this key wins. */
export async function insertVariant(db: Db, row: Insertable<VariantTable>): Promise<number> {
  await db
    .insertInto("variant")
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .execute();
  const kept = await findVariant(db, row.digest_id ?? null, row.kind, row.key);
  if (!kept) throw new Error("a variant that was just frozen is not there");
  return kept.id;
}

export async function insertBatch(tx: Tx, row: Insertable<BatchTable>): Promise<number> {
  const { id } = await tx.insertInto("batch").values(row).returning("id").executeTakeFirstOrThrow();
  return id;
}

export async function insertDeliveries(tx: Tx, rows: Insertable<DeliveryTable>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto("delivery").values(rows).execute();
}

export function findBatch(db: Db, id: number): Promise<Batch | undefined> {
  return db.selectFrom("batch").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Leases a batch that is due, or whose worker let its lease run out. Undefined: not now, or not ours. */
export function leaseBatch(tx: Tx, id: number, now: number, leaseUntil: number): Promise<Batch | undefined> {
  return tx
    .updateTable("batch")
    .set((eb) => ({ status: "sending", lease_until: leaseUntil, attempts: eb("attempts", "+", 1) }))
    .where("id", "=", id)
    .where((eb) =>
      eb.or([
        eb.and([eb("status", "=", "queued"), eb(eb.fn.coalesce("next_attempt_at", eb.lit(0)), "<=", now)]),
        eb.and([eb("status", "=", "sending"), eb("lease_until", "<", now)]),
      ]),
    )
    .where((eb) =>
      eb.or([
        eb("digest_id", "is", null),
        eb.exists(
          eb
            .selectFrom("digest")
            .select("digest.id")
            .whereRef("digest.id", "=", "batch.digest_id")
            .where("digest.status", "in", ["sending", "cancelled"]),
        ),
      ]),
    )
    .returningAll()
    .executeTakeFirst();
}

export async function updateBatch(tx: Tx, id: number, change: Updateable<BatchTable>): Promise<void> {
  await tx.updateTable("batch").set(change).where("id", "=", id).execute();
}

/** Moves a batch that this worker holds; false when it was settled by another meanwhile. */
export async function releaseBatch(tx: Tx, id: number, change: Updateable<BatchTable>): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("batch")
    .set({ lease_until: null, ...change })
    .where("id", "=", id)
    .where("status", "=", "sending")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
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

/** Adds to a digest's counters; `counts` may be negative. */
export async function addToTally(tx: Tx, digestId: number, counts: Map<DeliveryStatus, number>): Promise<void> {
  const rows = [...counts].filter(([, count]) => count !== 0).sort(([a], [b]) => (a < b ? -1 : 1));
  for (const [status, count] of rows) {
    await tx
      .insertInto("digest_tally")
      .values({ digest_id: digestId, status, count })
      .onConflict((conflict) =>
        conflict.columns(["digest_id", "status"]).doUpdateSet({ count: sql`digest_tally.count + excluded.count` }),
      )
      .execute();
  }
}

/** Batches that nobody works on though they are due: lost jobs, dead workers. */
export async function dueBatches(db: Db, now: number, queuedBefore: number, limit: number) {
  return db
    .selectFrom("batch")
    .leftJoin("digest", "digest.id", "batch.digest_id")
    .select(["batch.id", "batch.priority"])
    .where((eb) =>
      eb.or([
        eb.and([
          eb("batch.status", "=", "queued"),
          eb("batch.created_at", "<", queuedBefore),
          eb(eb.fn.coalesce("batch.next_attempt_at", eb.lit(0)), "<=", now),
        ]),
        eb.and([eb("batch.status", "=", "sending"), eb("batch.lease_until", "<", now)]),
      ]),
    )
    .where((eb) => eb.or([eb("batch.digest_id", "is", null), eb("digest.status", "in", ["sending", "cancelled"])]))
    .orderBy("batch.priority")
    .orderBy("batch.id")
    .limit(limit)
    .execute();
}

export type FoundDelivery = NonNullable<Awaited<ReturnType<typeof findDelivery>>>;

export function findDelivery(db: Db, id: number) {
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
    .where("delivery.id", "=", id)
    .executeTakeFirst();
}

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

/** Declares a digest sent once all of it is planned and no batch of it is open. */
export async function finishDigestIfDone(tx: Tx, digestId: number, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("digest")
    .set({ status: "sent", finished_at: at })
    .where("id", "=", digestId)
    .where("status", "=", "sending")
    .where("planned_at", "is not", null)
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("batch")
            .select("batch.id")
            .where("batch.digest_id", "=", digestId)
            .where("batch.status", "in", ["filling", "queued", "sending"]),
        ),
      ),
    )
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function digestUidOf(db: Db, digestId: number): Promise<string> {
  const { uid } = await db.selectFrom("digest").select("uid").where("id", "=", digestId).executeTakeFirstOrThrow();
  return uid;
}

export async function memberIds(tx: Tx, batchId: number): Promise<number[]> {
  const rows = await tx.selectFrom("delivery").select("id").where("batch_id", "=", batchId).execute();
  return rows.map((row) => row.id);
}

export async function pauseAllSending(db: Db, reason: string): Promise<number> {
  const { numUpdatedRows } = await db
    .updateTable("digest")
    .set({ status: "paused", reason })
    .where("status", "=", "sending")
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

/** Ends mailing to a reader; false when it had ended already. A complaint outranks a bounce. */
export async function stopMailing(
  tx: Tx,
  subscriberId: number,
  status: "bounced" | "complained",
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("subscriber")
    .set({ status, left_at: at })
    .where("id", "=", subscriberId)
    .where("status", "in", status === "complained" ? ["pending", "active", "bounced"] : ["pending", "active"])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Counts a transient bounce and gives how many there are in a row. */
export async function countSoftBounce(tx: Tx, subscriberId: number): Promise<number> {
  const row = await tx
    .updateTable("subscriber")
    .set((eb) => ({ soft_bounces: eb("soft_bounces", "+", 1) }))
    .where("id", "=", subscriberId)
    .returning("soft_bounces")
    .executeTakeFirstOrThrow();
  return row.soft_bounces;
}

export async function resetSoftBounces(tx: Tx, subscriberId: number): Promise<void> {
  await tx
    .updateTable("subscriber")
    .set({ soft_bounces: 0 })
    .where("id", "=", subscriberId)
    .where("soft_bounces", ">", 0)
    .execute();
}

export function openBatchOf(tx: Tx, digestId: number): Promise<{ id: number; members: number } | undefined> {
  return tx
    .selectFrom("batch")
    .leftJoin("delivery", "delivery.batch_id", "batch.id")
    .select((eb) => ["batch.id", eb.fn.count<number>("delivery.id").as("members")])
    .where("batch.digest_id", "=", digestId)
    .where("batch.status", "=", "filling")
    .groupBy("batch.id")
    .executeTakeFirst();
}

export async function deleteBatch(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("batch").where("id", "=", id).execute();
}

export async function variantIds(db: Db, digestId: number): Promise<Map<string, number>> {
  const rows = await db.selectFrom("variant").select(["id", "key"]).where("digest_id", "=", digestId).execute();
  return new Map(rows.map((row) => [row.key, row.id]));
}

export async function digestStatusOf(db: Db, digestId: number | null): Promise<string | null> {
  if (digestId === null) return null;
  const row = await db.selectFrom("digest").select("status").where("id", "=", digestId).executeTakeFirst();
  return row?.status ?? null;
}

export async function queuedBatchesOf(db: Db, digestId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("batch")
    .select("id")
    .where("digest_id", "=", digestId)
    .where("status", "=", "queued")
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

/** Batches of a digest that no attempt was made of whose outcome could be open. */
function untried(db: Db, digestId: number) {
  return db
    .selectFrom("batch")
    .select("id")
    .where("digest_id", "=", digestId)
    .where("status", "in", ["filling", "queued"])
    .where("unsettled_since", "is", null);
}

export async function skipUntried(tx: Tx, digestId: number, reason: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("delivery")
    .set({ status: "skipped", reason, address: null })
    .where("status", "=", "queued")
    .where("batch_id", "in", untried(tx, digestId))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function closeUntriedBatches(tx: Tx, digestId: number, at: number): Promise<void> {
  await tx
    .updateTable("batch")
    .set({ status: "settled", settled_at: at })
    .where("id", "in", untried(tx, digestId))
    .execute();
}

/** Moves the place of readers whose delivery is about to be skipped to just before the first event it would have told. */
export async function untellSkipped(tx: Tx, digestId: number): Promise<void> {
  const variants = await tx.selectFrom("variant").select(["id", "events"]).where("digest_id", "=", digestId).execute();
  for (const variant of variants) {
    const before = Math.min(...(JSON.parse(variant.events) as number[])) - 1;
    await tx
      .updateTable("subscriber")
      .set({ watermark: before })
      .where("watermark", ">", before)
      .where("id", "in", (eb) =>
        eb
          .selectFrom("delivery")
          .select("delivery.subscriber_id")
          .where("delivery.variant_id", "=", variant.id)
          .where("delivery.status", "=", "queued")
          .where("delivery.batch_id", "in", untried(tx, digestId)),
      )
      .execute();
  }
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
