import type { Db } from "../db/database.ts";
import type { ArticleVersion } from "./queries.ts";

/** Numbers and days of every version, newest first, without their text. */
export function listVersionDays(db: Db, articleId: number) {
  return db
    .selectFrom("article_version")
    .select(["number", "reviewed_on", "taken_at"])
    .where("article_id", "=", articleId)
    .orderBy("number", "desc")
    .execute();
}

/** Versions of these numbers, newest first. */
export function selectVersions(db: Db, articleId: number, numbers: number[]): Promise<ArticleVersion[]> {
  return db
    .selectFrom("article_version")
    .selectAll()
    .where("article_id", "=", articleId)
    .where("number", "in", numbers.length > 0 ? numbers : [-1])
    .orderBy("number", "desc")
    .execute();
}

/** The events that these versions made, in their order. */
export function selectEventsOf(db: Db, versionIds: number[]) {
  return db
    .selectFrom("article_event")
    .select(["seq", "version_id", "kind", "note"])
    .where("version_id", "in", versionIds.length > 0 ? versionIds : [-1])
    .orderBy("seq")
    .execute();
}

/** Events of all articles, newest first: numbered above `after` and below `before`. */
export function selectNews(db: Db, { after, before, limit }: { after: number; before: number | null; limit: number }) {
  return db
    .selectFrom("article_event")
    .innerJoin("article", "article.id", "article_event.article_id")
    .innerJoin("article_version", "article_version.id", "article_event.version_id")
    .select(["article_event.seq", "article_event.kind", "article_event.changes", "article_event.created_at"])
    .select(["article.slug", "article.url"])
    .select([
      "article_version.title",
      "article_version.summary",
      "article_version.reviewed_on",
      "article_version.reviewers",
    ])
    .where("article_event.seq", ">", after)
    .$if(before !== null, (query) => query.where("article_event.seq", "<", before ?? 0))
    .orderBy("article_event.seq", "desc")
    .limit(limit)
    .execute();
}
