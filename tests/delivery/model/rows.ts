import type { Context } from "../../../src/context.ts";

/** One delivery with its batch, as the tables have it. */
export type Row = Awaited<ReturnType<typeof deliveryRows>>[number];

export function deliveryRows({ db }: Context) {
  return db
    .selectFrom("delivery")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .innerJoin("variant", "variant.id", "delivery.variant_id")
    .leftJoin("digest", "digest.id", "delivery.digest_id")
    .select([
      "delivery.id",
      "delivery.subscriber_id as reader",
      "delivery.status",
      "digest.uid as edition",
      "batch.id as batchId",
      "batch.uid as batch",
      "batch.kind",
      "batch.status as batchStatus",
      "batch.frozen_at as frozenAt",
      "batch.unsettled_since as unsettledSince",
      "variant.events",
      "variant.discreet",
    ])
    .orderBy("delivery.id")
    .execute();
}

export function editionRows({ db }: Context) {
  return db
    .selectFrom("digest")
    .select(["id", "uid", "status", "planned_to", "planned_at", "candidates"])
    .orderBy("id")
    .execute();
}

/** Batches that a worker holds, or seemed to when it died. */
export async function heldKeys({ db }: Context): Promise<Set<string>> {
  const rows = await db.selectFrom("batch").select("uid").where("status", "=", "sending").execute();
  return new Set(rows.map((row) => `batch-${row.uid}`));
}
