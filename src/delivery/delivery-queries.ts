import { type Insertable, sql, type Updateable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { DeliveryTable } from "./table.ts";
import type { DeliveryStatus } from "./words.ts";

export async function insertDeliveries(tx: Tx, rows: Insertable<DeliveryTable>[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto("delivery").values(rows).execute();
}

/** Owes these readers one rendering each, as queued members of a batch. */
export async function insertMembers(
  tx: Tx,
  engine: Engine,
  owed: { digestId: number; batchId: number; variantId: number; owedAt: number },
  readers: number[],
): Promise<void> {
  await sql`
    insert into delivery (digest_id, subscriber_id, variant_id, batch_id, status, owed_at)
    select cast(${owed.digestId} as bigint), value, cast(${owed.variantId} as bigint), cast(${owed.batchId} as bigint),
      'queued', cast(${owed.owedAt} as bigint)
    from ${engine.numbers(readers)} as reader`.execute(tx);
}

/** Members of a batch that is being frozen in their order, with what decides whether they may still be mailed. */
export function membersToFreeze(tx: Tx, batchId: number) {
  return tx
    .selectFrom("delivery")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .leftJoin("suppression", (join) =>
      join.onRef("suppression.address_index", "=", "subscriber.address_index").on("suppression.lifted_at", "is", null),
    )
    .select([
      "delivery.id",
      "delivery.variant_id",
      "subscriber.uid",
      "subscriber.address",
      "subscriber.status as reader",
      "suppression.reason as suppressed",
    ])
    .where("delivery.batch_id", "=", batchId)
    .where("delivery.status", "=", "queued")
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

/** A message that the provider took. */
export interface Taken {
  deliveryId: number;
  providerId: string;
}

/** Moves those of an accepted batch that are still queued to `submitted`, with the provider's ids. Gives how many moved. */
export async function submitQueued(tx: Tx, engine: Engine, taken: Taken[], at: number): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update delivery set status = 'submitted', provider_id = taken.value, submitted_at = cast(${at} as bigint)
    from ${idsOf(engine, taken)} as taken
    where delivery.id = cast(taken.key as bigint) and delivery.status = 'queued'`.execute(tx);
  return Number(numAffectedRows);
}

/** Notes the provider's ids of an accepted batch, whatever became of its messages meanwhile. */
export async function noteAccepted(tx: Tx, engine: Engine, taken: Taken[], at: number): Promise<void> {
  await sql`
    update delivery set provider_id = taken.value, submitted_at = cast(${at} as bigint)
    from ${idsOf(engine, taken)} as taken where delivery.id = cast(taken.key as bigint)`.execute(tx);
}

/**
 * Moves those of an accepted batch to `submitted` that failed by a notice about an earlier message of theirs. Gives how
 * many moved.
 */
export async function submitFailedBefore(tx: Tx, engine: Engine, taken: Taken[]): Promise<number> {
  const { numAffectedRows = 0n } = await sql`
    update delivery set status = 'submitted', reason = null
    from ${idsOf(engine, taken)} as taken
    where delivery.id = cast(taken.key as bigint) and delivery.status = 'failed'
      and delivery.provider_id is not null and delivery.provider_id <> taken.value`.execute(tx);
  return Number(numAffectedRows);
}

function idsOf(engine: Engine, taken: Taken[]) {
  return engine.entries(Object.fromEntries(taken.map(({ deliveryId, providerId }) => [deliveryId, providerId])));
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
  /** The provider's id of the message that the notice is about. */
  providerId: string | null;
}

/** Writes each delivery's own status, in one statement. */
export async function moveEach(tx: Tx, moved: Moved[]): Promise<void> {
  if (moved.length === 0) return;
  const values = moved.map(
    ({ id, status, reason, eventAt, providerId }) =>
      sql`(cast(${id} as bigint), cast(${status} as text), cast(${reason} as text), cast(${eventAt} as bigint),
        cast(${providerId} as text))`,
  );
  await sql`
    with moved (id, status, reason, event_at, provider_id) as (values ${sql.join(values)})
    update delivery set status = moved.status, reason = moved.reason, event_at = moved.event_at,
      provider_id = coalesce(delivery.provider_id, moved.provider_id)
    from moved where delivery.id = moved.id`.execute(tx);
}

export async function memberIds(tx: Tx, batchId: number): Promise<number[]> {
  const rows = await tx.selectFrom("delivery").select("id").where("batch_id", "=", batchId).execute();
  return rows.map((row) => row.id);
}

/** Failed deliveries of a digest, but for those whose batch may still be handed over: its answer is to come. */
export async function failedOf(tx: Tx, engine: Engine, digestId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom("delivery")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .select("delivery.id")
    .where("delivery.digest_id", "=", digestId)
    .where("delivery.status", "=", "failed")
    .where("batch.status", "not in", ["filling", "queued", "sending"])
    .orderBy("delivery.id")
    .$if(engine.locksRows, (query) => query.forUpdate("delivery"))
    .execute();
  return rows.map((row) => row.id);
}

export async function requeueDelivery(tx: Tx, ids: number[], batchId: number): Promise<void> {
  await tx
    .updateTable("delivery")
    .set({ status: "queued", reason: null, batch_id: batchId, provider_id: null })
    .where("id", "in", ids)
    .execute();
}

export type LedgerRow = Awaited<ReturnType<typeof pageOfDeliveries>>[number];

/** The ledger of a digest in the order of its readers, after one of them: no address in it. */
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
      "delivery.subscriber_id",
      "subscriber.uid as subscriber",
      "delivery.status",
      "delivery.reason",
      "delivery.provider_id",
      "delivery.submitted_at",
      "delivery.event_at",
    ])
    .where("delivery.digest_id", "=", digestId)
    .where("delivery.subscriber_id", ">", after)
    .$if(status !== null, (query) => query.where("delivery.status", "=", status ?? "queued"))
    .orderBy("delivery.subscriber_id")
    .limit(limit)
    .execute();
}
