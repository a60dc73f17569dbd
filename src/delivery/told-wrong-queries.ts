import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";

/** Statuses of a delivery that a reader may have received. */
const ARRIVED = ["submitted", "delivered", "bounced", "complained", "unknown"] as const;

/** Digests that carried any of these versions to readers, but for one. */
export async function carryingDigests(db: Db, versionIds: number[], except: number): Promise<number[]> {
  if (versionIds.length === 0) return [];
  const rows = await db
    .selectFrom("variant")
    .innerJoin("variant_version", "variant_version.variant_id", "variant.id")
    .select("variant.digest_id")
    .distinct()
    .where("variant_version.version_id", "in", versionIds)
    .where("variant.digest_id", "is not", null)
    .where("variant.digest_id", "!=", except)
    .orderBy("variant.digest_id")
    .execute();
  return rows.flatMap((row) => row.digest_id ?? []);
}

export interface WrongRange {
  versionIds: number[];
  /** Digests to look in, see `carryingDigests`. */
  digestIds: number[];
  /** Readers above this id, */
  after: number;
  /** and up to this one. */
  upto: number;
}

/**
 * The readers of a range of ids who were sent, or are irrevocably being sent, any of these versions, in whatever state
 * they are by now. `arrived` is 0 for those whose letter is still on its way.
 */
export function toldWrong(db: Db, { versionIds, digestIds, after, upto }: WrongRange) {
  if (versionIds.length === 0 || digestIds.length === 0) return Promise.resolve([]);
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
    .where("delivery.variant_id", "in", (eb) =>
      eb
        .selectFrom("variant_version")
        .select("variant_version.variant_id")
        .where("variant_version.version_id", "in", versionIds),
    )
    .where((eb) =>
      eb.or([
        eb("delivery.status", "in", ARRIVED),
        eb.and([eb("delivery.status", "=", "queued"), eb("batch.frozen_at", "is not", null)]),
      ]),
    )
    .groupBy(["subscriber.id", "subscriber.status", "subscriber.locale", "subscriber.discreet"])
    .orderBy("subscriber.id")
    .execute();
}

/** Of each member of a correction's batch: whether a letter with the mistake reached it, or is under way. */
export function earlierLetters(tx: Tx, batchId: number) {
  return tx
    .selectFrom("delivery as notice")
    .innerJoin("correction", "correction.digest_id", "notice.digest_id")
    .innerJoin("correction_version", "correction_version.seq", "correction.seq")
    .innerJoin("variant_version", "variant_version.version_id", "correction_version.version_id")
    .innerJoin("delivery as letter", (join) =>
      join
        .onRef("letter.subscriber_id", "=", "notice.subscriber_id")
        .onRef("letter.variant_id", "=", "variant_version.variant_id")
        .onRef("letter.digest_id", "!=", "notice.digest_id"),
    )
    .innerJoin("batch", "batch.id", "letter.batch_id")
    .select((eb) => [
      "notice.id",
      eb.fn
        .max<number>(
          sql`case when letter.status in (${sql.join(ARRIVED.map((one) => sql.lit(one)))}) then 1 else 0 end`,
        )
        .as("arrived"),
      eb.fn
        .max<number>(sql`case when letter.status = 'queued' and batch.frozen_at is not null then 1 else 0 end`)
        .as("under_way"),
    ])
    .where("notice.batch_id", "=", batchId)
    .where("notice.status", "=", "queued")
    .groupBy("notice.id")
    .execute();
}
