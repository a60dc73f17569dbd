import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { DigestStatus } from "../digests/words.ts";
import type { BatchTable } from "./table.ts";

export type Batch = Selectable<BatchTable>;

/** A batch in a worker's hands, with what decides of its digest. */
export type LeasedBatch = Batch & { digest_uid: string | null; digest_status: DigestStatus | null };

/** Of batches, the condition of the index of those that are not at rest, word for word: SQLite takes it only so. */
export const isOpen = sql<boolean>`batch.status in ('filling', 'queued', 'sending', 'unknown')`;

export async function insertBatch(tx: Tx, row: Insertable<BatchTable>): Promise<number> {
  const { id } = await tx.insertInto("batch").values(row).returning("id").executeTakeFirstOrThrow();
  return id;
}

export function findBatch(db: Db, id: number): Promise<Batch | undefined> {
  return db.selectFrom("batch").selectAll().where("id", "=", id).executeTakeFirst();
}

/** Leases a batch that is due, or whose worker let its lease run out. Undefined: not now, or not ours. */
export function leaseBatch(tx: Tx, id: number, now: number, leaseUntil: number): Promise<LeasedBatch | undefined> {
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
    .returning((eb) => {
      const digest = eb.selectFrom("digest").whereRef("digest.id", "=", "batch.digest_id");
      return [digest.select("digest.uid").as("digest_uid"), digest.select("digest.status").as("digest_status")];
    })
    .executeTakeFirst();
}

export async function updateBatch(tx: Tx, id: number, change: Updateable<BatchTable>): Promise<void> {
  await tx.updateTable("batch").set(change).where("id", "=", id).execute();
}

/**
 * Moves a batch that this worker holds; false when its lease ran out and another took it over. The number of attempts
 * says whose it is.
 */
export async function releaseBatch(
  tx: Tx,
  { id, attempts }: Pick<Batch, "id" | "attempts">,
  change: Updateable<BatchTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("batch")
    .set({ lease_until: null, ...change })
    .where("id", "=", id)
    .where("status", "=", "sending")
    .where("attempts", "=", attempts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Batches that nobody works on though they are due: lost jobs, dead workers. */
export async function dueBatches(db: Db, now: number, queuedBefore: number, limit: number) {
  return db
    .selectFrom("batch")
    .leftJoin("digest", "digest.id", "batch.digest_id")
    .select(["batch.id", "batch.priority"])
    .where(isOpen)
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

export function openBatchOf(tx: Tx, digestId: number) {
  return tx
    .selectFrom("batch")
    .leftJoin("delivery", "delivery.batch_id", "batch.id")
    .select((eb) => ["batch.id", "batch.priority", eb.fn.count<number>("delivery.id").as("members")])
    .where("batch.digest_id", "=", digestId)
    .where("batch.status", "=", "filling")
    .groupBy(["batch.id", "batch.priority"])
    .executeTakeFirst();
}

export async function deleteBatch(tx: Tx, id: number): Promise<void> {
  await tx.deleteFrom("batch").where("id", "=", id).execute();
}

/** Whoever resumes a digest has mended what stopped it: its editions are tried at once. */
export async function forgetHalt(db: Db, digestId: number): Promise<void> {
  await db
    .updateTable("batch")
    .set({ next_attempt_at: null })
    .where("digest_id", "=", digestId)
    .where("kind", "=", "digest")
    .where("status", "=", "queued")
    .where("next_attempt_at", "is not", null)
    .execute();
}

export function queuedBatchesOf(db: Db, digestId: number) {
  return db
    .selectFrom("batch")
    .select(["id", "kind"])
    .where("digest_id", "=", digestId)
    .where("status", "=", "queued")
    .orderBy("id")
    .execute();
}

/** Batches of a digest that no attempt was made of whose outcome could be open. */
export function untried(db: Db, digestId: number) {
  return db
    .selectFrom("batch")
    .select("id")
    .where("digest_id", "=", digestId)
    .where("status", "in", ["filling", "queued", "refused"])
    .where("unsettled_since", "is", null);
}

/** Waits for workers that are leasing one of these at this moment, so that what follows sees which were begun. */
export async function holdUntried(tx: Tx, engine: Engine, digestId: number): Promise<void> {
  if (engine.locksRows) await untried(tx, digestId).orderBy("id").forUpdate().execute();
}

export async function skipUntried(tx: Tx, digestId: number, reason: string): Promise<number> {
  const { numUpdatedRows } = await tx
    .updateTable("delivery")
    .set({ status: "skipped", reason })
    .where("status", "=", "queued")
    .where("batch_id", "in", untried(tx, digestId))
    .executeTakeFirst();
  return Number(numUpdatedRows);
}

export async function closeUntriedBatches(tx: Tx, digestId: number, at: number): Promise<void> {
  await tx.deleteFrom("frozen_batch").where("batch_id", "in", untried(tx, digestId)).execute();
  await tx
    .updateTable("batch")
    .set({ status: "settled", settled_at: at })
    .where("id", "in", untried(tx, digestId))
    .execute();
}
