import { type Insertable, type Selectable, sql, type Updateable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { DeliveryStatus, DigestKind } from "../delivery/index.ts";
import type { Cadence } from "../subscribers/words.ts";
import type { DigestTable } from "./table.ts";
import type { DigestStatus } from "./words.ts";

export type Digest = Selectable<DigestTable>;

/** Whom a digest is for, before anything about their topics. */
export interface AudienceFilter {
  cadence: Cadence | null;
  timezones: string[] | null;
}

export function audienceOf(digest: Pick<Digest, "cadence" | "timezones">): AudienceFilter {
  return {
    cadence: digest.cadence,
    timezones: digest.timezones === null ? null : (JSON.parse(digest.timezones) as string[]),
  };
}

/** What the messages of a digest are. */
export function kindOf({ mode }: Pick<Digest, "mode">): DigestKind {
  return mode === "correction" ? "correction" : "digest";
}

export function findDigest(db: Db, uid: string): Promise<Digest | undefined> {
  return db.selectFrom("digest").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export function findDigestById(db: Db, id: number): Promise<Digest | undefined> {
  return db.selectFrom("digest").selectAll().where("id", "=", id).executeTakeFirst();
}

/** The digest, locked for the rest of the transaction. */
export function lockDigest(tx: Tx, engine: Engine, id: number): Promise<Digest | undefined> {
  return tx
    .selectFrom("digest")
    .selectAll()
    .where("id", "=", id)
    .$if(engine.locksRows, (query) => query.forNoKeyUpdate())
    .executeTakeFirst();
}

/** Sent editions that reached somebody, newest first. */
export function listReached(db: Db, before: number | null, limit: number): Promise<Digest[]> {
  return db
    .selectFrom("digest")
    .selectAll()
    .where("status", "=", "sent")
    .where("mode", "!=", "correction")
    .$if(before !== null, (query) => query.where("id", "<", before ?? 0))
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom("digest_tally")
          .select("digest_tally.count")
          .whereRef("digest_tally.digest_id", "=", "digest.id")
          .where("digest_tally.status", "in", ["submitted", "delivered", "bounced", "complained", "unknown"])
          .where("digest_tally.count", ">", 0),
      ),
    )
    .orderBy("id", "desc")
    .limit(limit)
    .execute();
}

/** Newest first. */
export function listDigests(db: Db, options: { before: number | null; limit: number; status: DigestStatus | null }) {
  return db
    .selectFrom("digest")
    .selectAll()
    .$if(options.before !== null, (query) => query.where("id", "<", options.before ?? 0))
    .$if(options.status !== null, (query) => query.where("status", "=", options.status ?? "draft"))
    .orderBy("id", "desc")
    .limit(options.limit)
    .execute();
}

export async function insertDigest(tx: Tx, row: Insertable<DigestTable>): Promise<Digest> {
  return tx.insertInto("digest").values(row).returningAll().executeTakeFirstOrThrow();
}

/** Changes a digest that still stands in one of `from`; false when it does not. */
export async function updateDigest(
  tx: Db,
  id: number,
  from: readonly DigestStatus[],
  change: Updateable<DigestTable>,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("digest")
    .set(change)
    .where("id", "=", id)
    .where("status", "in", from)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

export async function replaceDigestEvents(tx: Tx, digestId: number, seqs: number[]): Promise<void> {
  await tx.deleteFrom("digest_event").where("digest_id", "=", digestId).execute();
  if (seqs.length === 0) return;
  await tx
    .insertInto("digest_event")
    .values(seqs.map((seq) => ({ digest_id: digestId, seq })))
    .execute();
}

export async function digestEventSeqs(db: Db, digestId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("digest_event")
    .select("seq")
    .where("digest_id", "=", digestId)
    .orderBy("seq")
    .execute();
  return rows.map((row) => row.seq);
}

export async function eventSeqsBetween(db: Db, after: number, upto: number): Promise<number[]> {
  const rows = await db
    .selectFrom("article_event")
    .select("seq")
    .where("seq", ">", after)
    .where("seq", "<=", upto)
    .orderBy("seq")
    .execute();
  return rows.map((row) => row.seq);
}

export async function knownEventSeqs(db: Db, seqs: number[]): Promise<number[]> {
  if (seqs.length === 0) return [];
  const rows = await db.selectFrom("article_event").select("seq").where("seq", "in", seqs).orderBy("seq").execute();
  return rows.map((row) => row.seq);
}

/**
 * Other digests that tell any of these events: a reader may have had them there. For one in sequence, others in sequence
 * do not count, since they moved the place of whomever they told; unless one was cancelled, which moves places back, left
 * places behind, or tells a correction that is younger than itself.
 */
export async function relatedDigestIds(db: Db, { id, mode }: Digest, seqs: number[]): Promise<number[]> {
  if (seqs.length === 0) return [];
  const rows = await db
    .selectFrom("digest_event")
    .innerJoin("digest", "digest.id", "digest_event.digest_id")
    .select(["digest.id", "digest.mode", "digest.status", "digest.upto_seq", "digest.holds_places"])
    .select((eb) => eb.fn.max<number>("digest_event.seq").as("last"))
    .where("digest_event.seq", "in", seqs)
    .where("digest.id", "!=", id)
    .groupBy(["digest.id", "digest.mode", "digest.status", "digest.upto_seq", "digest.holds_places"])
    .execute();
  const movesBack = rows.some(
    (row) => row.mode === "sequence" && (row.status === "cancelled" || row.holds_places === 1),
  );
  const placesTell = (row: (typeof rows)[number]) => row.mode === "sequence" && row.last <= (row.upto_seq ?? 0);
  return rows.filter((row) => mode !== "sequence" || movesBack || !placesTell(row)).map((row) => row.id);
}

/** Active readers of this audience. The words stand in the query itself, for partial indexes are chosen by them. */
export function audience(db: Db, filter: AudienceFilter) {
  return db
    .selectFrom("subscriber")
    .where("subscriber.status", "=", sql.lit("active"))
    .$if(filter.cadence !== null, (query) =>
      query.where("subscriber.cadence", "=", sql.lit(filter.cadence ?? "weekly")),
    )
    .$if(filter.timezones !== null, (query) => query.where("subscriber.timezone", "in", filter.timezones ?? []));
}

/** The last event that an edition for everyone covered. */
export async function lastUptoSeq(db: Db): Promise<number> {
  const row = await db
    .selectFrom("digest")
    .select((eb) => eb.fn.max<number | null>("upto_seq").as("seq"))
    .where("cadence", "is", null)
    .executeTakeFirst();
  return row?.seq ?? 0;
}

export type Reader = Awaited<ReturnType<typeof pageOfReaders>>[number];

/** The next readers of an audience in key order, with all that decides what they get; locked where the engine locks. */
export async function pageOfReaders(db: Db, filter: AudienceFilter, after: number, limit: number, lock: boolean) {
  return audience(db, filter)
    .leftJoin("suppression", (join) =>
      join.onRef("suppression.address_index", "=", "subscriber.address_index").on("suppression.lifted_at", "is", null),
    )
    .select([
      "subscriber.id",
      "subscriber.topics",
      "subscriber.watermark",
      "subscriber.locale",
      "subscriber.discreet",
      "subscriber.paused_until",
      "suppression.reason as suppressed",
    ])
    .where("subscriber.id", ">", after)
    .orderBy("subscriber.id")
    .limit(limit)
    .$if(lock, (query) => query.forNoKeyUpdate("subscriber"))
    .execute();
}

/** Events that another digest told a reader, or is about to. */
export interface ToldElsewhere {
  subscriber_id: number;
  status: DeliveryStatus;
  /** JSON list of seq. */
  events: string;
}

/** What these readers were sent, or are about to be, in the given digests: pairs of reader and event list. */
export function alreadyTold(db: Db, digestIds: number[], readerIds: number[]): Promise<ToldElsewhere[]> {
  if (digestIds.length === 0 || readerIds.length === 0) return Promise.resolve([]);
  return db
    .selectFrom("delivery")
    .innerJoin("variant", "variant.id", "delivery.variant_id")
    .select(["delivery.subscriber_id", "delivery.status", "variant.events"])
    .where("delivery.digest_id", "in", digestIds)
    .where("delivery.subscriber_id", "in", readerIds)
    .where("delivery.status", "not in", ["failed", "skipped"])
    .execute();
}

/** The failed deliveries of a digest that may be sent again, with the events that each would tell. */
export async function failedLetters(db: Db, digestId: number) {
  const rows = await db
    .selectFrom("delivery")
    .innerJoin("variant", "variant.id", "delivery.variant_id")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .select(["delivery.id", "delivery.subscriber_id", "variant.events", "variant.locale", "variant.discreet"])
    .where("delivery.digest_id", "=", digestId)
    .where("delivery.status", "=", "failed")
    .where("batch.status", "not in", ["filling", "queued", "sending"])
    .orderBy("delivery.id")
    .execute();
  return rows.map(({ subscriber_id, events, ...row }) => ({
    ...row,
    subscriberId: subscriber_id,
    seqs: JSON.parse(events) as number[],
  }));
}

/** Holds the readers of failed letters, so that no edition decides them until it is known what they are sent again. */
export async function lockReadersOf(tx: Tx, engine: Engine, digestId: number): Promise<void> {
  if (!engine.locksRows) return;
  await tx
    .selectFrom("subscriber")
    .select("id")
    .where("id", "in", (eb) =>
      eb
        .selectFrom("delivery")
        .select("delivery.subscriber_id")
        .where("delivery.digest_id", "=", digestId)
        .where("delivery.status", "=", "failed"),
    )
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

/** Moves the place of these readers to `seq`; nobody's place moves back. */
export async function moveWatermarks(tx: Tx, engine: Engine, ids: number[], seq: number): Promise<void> {
  if (ids.length === 0) return;
  await tx
    .updateTable("subscriber")
    .set({ watermark: seq })
    .where("id", "in", engine.numbers(ids))
    .where("watermark", "<", seq)
    .execute();
}

export async function tallies(db: Db, digestId: number) {
  const statuses = await db
    .selectFrom("digest_tally")
    .select(["status", "count"])
    .where("digest_id", "=", digestId)
    .execute();
  const excluded = await db
    .selectFrom("digest_exclusion")
    .select(["reason", "count"])
    .where("digest_id", "=", digestId)
    .execute();
  return { statuses, excluded };
}

/** Digests that a sweep should look at: due to start, being planned, or perhaps done. */
export function digestsToAdvance(db: Db, now: number) {
  return db
    .selectFrom("digest")
    .select(["id", "uid", "status", "planned_at"])
    .where((eb) =>
      eb.or([eb("status", "=", "sending"), eb.and([eb("status", "=", "scheduled"), eb("send_at", "<=", now)])]),
    )
    .execute();
}

/** Holds the readers of a range of ids, so that nobody else decides them until the transaction ends. */
export async function lockReaders(tx: Tx, engine: Engine, after: number, upto: number): Promise<void> {
  if (!engine.locksRows) return;
  await tx
    .selectFrom("subscriber")
    .select("id")
    .where("id", ">", after)
    .where("id", "<=", upto)
    .orderBy("id")
    .forNoKeyUpdate()
    .execute();
}

export async function highestSubscriberId(db: Db): Promise<number> {
  const row = await db
    .selectFrom("subscriber")
    .select((eb) => eb.fn.max<number | null>("id").as("id"))
    .executeTakeFirst();
  return row?.id ?? 0;
}

/** Of these corrections, those whose own notices were all decided. */
export async function plannedCorrections(db: Db, seqs: number[]): Promise<number[]> {
  if (seqs.length === 0) return [];
  const rows = await db
    .selectFrom("correction")
    .innerJoin("digest", "digest.id", "correction.digest_id")
    .select("correction.seq")
    .where("correction.seq", "in", seqs)
    .where((eb) => eb.or([eb("digest.planned_at", "is not", null), eb("digest.status", "=", "cancelled")]))
    .execute();
  return rows.map((row) => row.seq);
}

export async function addDigestEvent(db: Db, digestId: number, seq: number): Promise<void> {
  await db
    .insertInto("digest_event")
    .values({ digest_id: digestId, seq })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** Corrections that a digest's renderings lack for what they carry, with the versions that were wrong. */
export async function correctionsCarriedBy(db: Db, digestId: number): Promise<Map<number, number[]>> {
  const rows = await db
    .selectFrom("variant")
    .innerJoin("variant_version", "variant_version.variant_id", "variant.id")
    .innerJoin("correction_version", "correction_version.version_id", "variant_version.version_id")
    .select(["correction_version.seq", "correction_version.version_id", "variant.events"])
    .where("variant.digest_id", "=", digestId)
    .where("variant.replaced_by", "is", null)
    .orderBy("correction_version.seq")
    .execute();
  const found = new Map<number, number[]>();
  for (const { seq, version_id, events } of rows) {
    if ((JSON.parse(events) as number[]).includes(seq)) continue;
    found.set(seq, [...new Set([...(found.get(seq) ?? []), version_id])]);
  }
  return found;
}

/** Article versions that any rendering of a digest carried. */
export async function carriedVersionIds(db: Db, digestId: number): Promise<number[]> {
  const rows = await db
    .selectFrom("variant_version")
    .innerJoin("variant", "variant.id", "variant_version.variant_id")
    .select("variant_version.version_id")
    .distinct()
    .where("variant.digest_id", "=", digestId)
    .execute();
  return rows.map((row) => row.version_id);
}

/** Whether notices of an earlier correction, which say what stands in these versions, are still being decided. */
export async function earlierNoticesOpen(db: Db, seq: number, versionIds: number[]): Promise<boolean> {
  if (versionIds.length === 0) return false;
  const row = await db
    .selectFrom("correction")
    .innerJoin("article_event", "article_event.seq", "correction.seq")
    .innerJoin("digest", "digest.id", "correction.digest_id")
    .select("correction.seq")
    .where("correction.seq", "<", seq)
    .where("article_event.version_id", "in", versionIds)
    .where("digest.status", "in", ["sending", "paused"])
    .where("digest.planned_at", "is", null)
    .executeTakeFirst();
  return row !== undefined;
}
