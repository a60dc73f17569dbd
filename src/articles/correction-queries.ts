import type { Db } from "../db/database.ts";

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
    .selectAll("correction")
    .select([
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
    ])
    .where("correction_version.seq", "in", seqs.length > 0 ? seqs : [-1])
    .orderBy("article_version.number")
    .execute();
}
