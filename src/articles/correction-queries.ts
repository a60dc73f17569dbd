import type { Insertable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { CorrectionTable } from "./table.ts";

export interface CorrectionFilter {
  articleId?: number | undefined;
  seqs?: number[] | undefined;
  /** Only those numbered below. */
  before?: number | undefined;
  limit?: number | undefined;
}

/** Corrections with their event, newest first. */
export function selectCorrections(db: Db, { articleId, seqs, before, limit }: CorrectionFilter) {
  return db
    .selectFrom("correction")
    .innerJoin("article_event", "article_event.seq", "correction.seq")
    .innerJoin("article", "article.id", "article_event.article_id")
    .innerJoin("article_version", "article_version.id", "article_event.version_id")
    .leftJoin("digest", "digest.id", "correction.digest_id")
    .selectAll("correction")
    .select([
      "digest.uid as digest",
      "article_event.severity",
      "article_event.note",
      "article_event.created_at",
      "article.slug",
      "article_version.title",
    ])
    .$if(articleId !== undefined, (query) => query.where("article_event.article_id", "=", articleId ?? 0))
    .$if(seqs !== undefined, (query) => query.where("correction.seq", "in", seqs?.length ? seqs : [-1]))
    .$if(before !== undefined, (query) => query.where("correction.seq", "<", before ?? 0))
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .orderBy("correction.seq", "desc")
    .execute();
}

/** The versions that these corrections are about, oldest first. */
export function selectCorrectionVersions(db: Db, seqs: number[]) {
  return db
    .selectFrom("correction_version")
    .innerJoin("article_version", "article_version.id", "correction_version.version_id")
    .select([
      "correction_version.seq",
      "correction_version.version_id",
      "article_version.number",
      "article_version.taken_at",
      "article_version.updated_on",
      "article_version.published_on",
    ])
    .where("correction_version.seq", "in", seqs.length > 0 ? seqs : [-1])
    .orderBy("article_version.number")
    .execute();
}

export function findByFingerprint(db: Db, fingerprint: string) {
  return db.selectFrom("correction").select("seq").where("fingerprint", "=", fingerprint).executeTakeFirst();
}

/** Writes a correction with the versions that were wrong. */
export async function insertCorrection(tx: Tx, row: Insertable<CorrectionTable>, versionIds: number[]): Promise<void> {
  await tx.insertInto("correction").values(row).execute();
  const { seq } = row;
  await tx
    .insertInto("correction_version")
    .values(versionIds.map((version_id) => ({ seq, version_id })))
    .execute();
}

/** Notes which digest carries the notice of a correction. */
export async function noteCorrectionDigest(tx: Tx, seq: number, digestId: number): Promise<void> {
  await tx.updateTable("correction").set({ digest_id: digestId }).where("seq", "=", seq).execute();
}

/** Corrections that are about any of these versions. */
export async function correctionsOfVersions(db: Db, versionIds: number[]): Promise<number[]> {
  if (versionIds.length === 0) return [];
  const rows = await db
    .selectFrom("correction_version")
    .select("seq")
    .distinct()
    .where("version_id", "in", versionIds)
    .orderBy("seq")
    .execute();
  return rows.map((row) => row.seq);
}

export async function updateEventNote(db: Db, seq: number, note: string | null): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable("article_event")
    .set({ note })
    .where("seq", "=", seq)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}
