import type { Db, Tx } from "../db/database.ts";

export type RefusedPart = Awaited<ReturnType<typeof refusedPartsOf>>[number];

/** Parts of a split batch whose outcome is still to come. */
export async function countOpenParts(tx: Tx, rootId: number): Promise<number> {
  const { count } = await tx
    .selectFrom("batch")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("root_id", "=", rootId)
    .where("status", "in", ["queued", "sending"])
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Messages of a split batch that were not refused alone. */
export async function countOtherMembers(tx: Tx, rootId: number): Promise<number> {
  const { count } = await tx
    .selectFrom("batch")
    .innerJoin("delivery", "delivery.batch_id", "batch.id")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("batch.root_id", "=", rootId)
    .where("batch.status", "!=", "refused")
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** Parts of a split batch that were refused alone, one message each. */
export function refusedPartsOf(tx: Tx, rootId: number) {
  return tx
    .selectFrom("batch")
    .select(["id", "kind", "reason"])
    .where("root_id", "=", rootId)
    .where("status", "=", "refused")
    .orderBy("id")
    .execute();
}

/** All of a digest that was refused alone in these words. */
export function refusedOf(tx: Tx, digestId: number, reason: string) {
  return tx
    .selectFrom("batch")
    .select(["id", "kind", "reason"])
    .where("digest_id", "=", digestId)
    .where("status", "=", "refused")
    .where("reason", "=", reason)
    .orderBy("id")
    .execute();
}

export async function settleRefused(tx: Tx, ids: number[], at: number): Promise<void> {
  await tx.deleteFrom("frozen_batch").where("batch_id", "in", ids).execute();
  await tx.updateTable("batch").set({ status: "settled", settled_at: at }).where("id", "in", ids).execute();
}

/** Split batches that wait for nothing but a conclusion. */
export async function waitingRoots(db: Db): Promise<{ digestId: number; rootId: number }[]> {
  const rows = await db
    .selectFrom("batch")
    .select(["digest_id", "root_id"])
    .distinct()
    .where("root_id", "is not", null)
    .where("status", "=", "refused")
    .execute();
  return rows.flatMap(({ digest_id, root_id }) =>
    digest_id === null || root_id === null ? [] : [{ digestId: digest_id, rootId: root_id }],
  );
}
