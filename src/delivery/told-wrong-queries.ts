import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";

/** Statuses of a delivery that a reader may have received. */
const ARRIVED = ["submitted", "delivered", "bounced", "complained", "unknown"] as const;

/** A mistake: the number of its correction and the versions that were wrong. */
export interface Wrong {
  seq: number;
  versionIds: number[];
}

export type MistakenVariant = Awaited<ReturnType<typeof mistakenVariants>>[number];

/**
 * Renderings of digests that carry any of these versions and not their correction. Of notices only those of earlier
 * corrections: a later one says nothing that this one corrects.
 */
export async function mistakenVariants(db: Db, { seq, versionIds }: Wrong, digestId?: number) {
  if (versionIds.length === 0) return [];
  const rows = await db
    .selectFrom("variant")
    .select(["id", "digest_id", "kind", "events", "locale", "discreet", "replaced_by"])
    .where("id", "in", (eb) =>
      eb
        .selectFrom("variant_version")
        .select("variant_version.variant_id")
        .where("variant_version.version_id", "in", versionIds),
    )
    .$if(digestId !== undefined, (query) => query.where("digest_id", "=", digestId ?? 0))
    .orderBy("id")
    .execute();
  return rows.flatMap(({ digest_id, events, ...row }) => {
    const seqs = JSON.parse(events) as number[];
    const corrected = seqs.includes(seq) || (row.kind === "correction" && Math.max(...seqs) > seq);
    return digest_id === null || corrected ? [] : [{ ...row, digestId: digest_id, seqs }];
  });
}

export interface WrongRange {
  /** The renderings that told the mistake, see `mistakenVariants`, */
  variantIds: number[];
  /** and their digests. */
  digestIds: number[];
  /** Readers above this id, */
  after: number;
  /** and up to this one. */
  upto: number;
}

/**
 * The readers of a range of ids who were sent, or are irrevocably being sent, any of these renderings, in whatever state
 * they are by now. `arrived` is 0 for those whose letter is still on its way.
 */
export function toldWrong(db: Db, { variantIds, digestIds, after, upto }: WrongRange) {
  if (variantIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("delivery")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .leftJoin("suppression", (join) =>
      join.onRef("suppression.address_index", "=", "subscriber.address_index").on("suppression.lifted_at", "is", null),
    )
    .select((eb) => [
      "subscriber.id",
      "subscriber.status",
      "subscriber.locale",
      "subscriber.discreet",
      eb.fn.max("suppression.reason").as("suppressed"),
      eb.fn.max<number>(sql`case when delivery.status = 'queued' then 0 else 1 end`).as("arrived"),
    ])
    .where("delivery.digest_id", "in", digestIds)
    .where("delivery.subscriber_id", ">", after)
    .where("delivery.subscriber_id", "<=", upto)
    .where("delivery.variant_id", "in", variantIds)
    .where((eb) => eb.or([eb("delivery.status", "in", ARRIVED), UNDER_WAY]))
    .groupBy(["subscriber.id", "subscriber.status", "subscriber.locale", "subscriber.discreet"])
    .orderBy("subscriber.id")
    .execute();
}

/** A letter that can no longer be changed: it is frozen, or it is a notice, which nothing replaces. */
const UNDER_WAY = sql<boolean>`(delivery.status = 'queued' and (batch.frozen_at is not null or batch.kind = 'correction'))`;

/** Of each queued member of a correction's batch: whether a letter with the mistake reached it, or is under way. */
export async function earlierLetters(tx: Tx, batchId: number, digestId: number | null) {
  const variants = await mistakenVariants(tx, await wrongOf(tx, digestId));
  return tx
    .selectFrom("delivery as notice")
    .leftJoin("delivery", (join) =>
      join
        .onRef("delivery.subscriber_id", "=", "notice.subscriber_id")
        .on("delivery.digest_id", "in", [-1, ...new Set(variants.map((variant) => variant.digestId))])
        .on("delivery.variant_id", "in", [-1, ...variants.map((variant) => variant.id)]),
    )
    .leftJoin("batch", "batch.id", "delivery.batch_id")
    .select((eb) => [
      "notice.id",
      eb.fn.max<number>(eb.case().when("delivery.status", "in", ARRIVED).then(1).else(0).end()).as("arrived"),
      eb.fn.max<number>(eb.case().when(UNDER_WAY).then(1).else(0).end()).as("under_way"),
    ])
    .where("notice.batch_id", "=", batchId)
    .where("notice.status", "=", "queued")
    .groupBy("notice.id")
    .orderBy("notice.id")
    .execute();
}

/** What the notices of a digest correct. */
async function wrongOf(tx: Tx, digestId: number | null): Promise<Wrong> {
  const rows = await tx
    .selectFrom("correction")
    .innerJoin("correction_version", "correction_version.seq", "correction.seq")
    .select(["correction.seq", "correction_version.version_id"])
    .where("correction.digest_id", "=", digestId)
    .execute();
  return { seq: rows[0]?.seq ?? 0, versionIds: rows.map((row) => row.version_id) };
}
