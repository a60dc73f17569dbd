import type { Insertable, Selectable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { ArticleEventTable, ArticleTable, ArticleVersionTable } from "./table.ts";

export type Article = Selectable<ArticleTable>;
export type ArticleVersion = Selectable<ArticleVersionTable>;

export function findArticleBySlug(db: Db, slug: string): Promise<Article | undefined> {
  return db.selectFrom("article").selectAll().where("slug", "=", slug).executeTakeFirst();
}

export function findArticleByUrl(db: Db, url: string): Promise<Article | undefined> {
  return db.selectFrom("article").selectAll().where("url", "=", url).executeTakeFirst();
}

export function insertArticle(tx: Tx, row: Insertable<ArticleTable>): Promise<Article> {
  return tx.insertInto("article").values(row).returningAll().executeTakeFirstOrThrow();
}

export async function updateArticleUrl(tx: Tx, id: number, url: string): Promise<void> {
  await tx.updateTable("article").set({ url }).where("id", "=", id).execute();
}

export function latestVersion(db: Db, articleId: number): Promise<ArticleVersion | undefined> {
  return versionsOf(db, articleId).orderBy("number", "desc").limit(1).executeTakeFirst();
}

export function firstVersion(db: Db, articleId: number): Promise<ArticleVersion | undefined> {
  return versionsOf(db, articleId).orderBy("number").limit(1).executeTakeFirst();
}

/** Every version of an article, newest first. */
export function listVersions(db: Db, articleId: number): Promise<ArticleVersion[]> {
  return versionsOf(db, articleId).orderBy("number", "desc").execute();
}

function versionsOf(db: Db, articleId: number) {
  return db.selectFrom("article_version").selectAll().where("article_id", "=", articleId);
}

/** What deciding needs of every version, without its text. */
export function listVersionMarks(db: Db, articleId: number) {
  return db
    .selectFrom("article_version")
    .select(["content_hash", "reviewed_on"])
    .where("article_id", "=", articleId)
    .execute();
}

export function findVersions(db: Db, ids: number[]): Promise<ArticleVersion[]> {
  if (ids.length === 0) return Promise.resolve([]);
  return db.selectFrom("article_version").selectAll().where("id", "in", ids).execute();
}

export function insertVersion(tx: Tx, row: Insertable<ArticleVersionTable>): Promise<ArticleVersion> {
  return tx.insertInto("article_version").values(row).returningAll().executeTakeFirstOrThrow();
}

/** The version that readers were last told about; undefined when there was no event yet. */
export function lastToldVersion(db: Db, articleId: number): Promise<ArticleVersion | undefined> {
  return db
    .selectFrom("article_event")
    .innerJoin("article_version", "article_version.id", "article_event.version_id")
    .selectAll("article_version")
    .where("article_event.article_id", "=", articleId)
    .orderBy("article_event.seq", "desc")
    .limit(1)
    .executeTakeFirst();
}

/** The highest event number, 0 before the first. */
export async function maxEventSeq(db: Db): Promise<number> {
  const row = await db
    .selectFrom("article_event")
    .select((eb) => eb.fn.max<number | null>("seq").as("seq"))
    .executeTakeFirst();
  return row?.seq ?? 0;
}

export async function insertEvent(tx: Tx, row: Insertable<ArticleEventTable>): Promise<void> {
  await tx.insertInto("article_event").values(row).execute();
}

/** Which events to list: numbers above `after`, up to `upto`, or exactly `seqs`. */
export interface EventFilter {
  after?: number | undefined;
  upto?: number | undefined;
  seqs?: number[] | undefined;
  articleId?: number | undefined;
  limit?: number | undefined;
}

/** Events in their order, with where the article stands and the title of the version they tell. */
export function selectEvents(db: Db, { after, upto, seqs, articleId, limit }: EventFilter) {
  return db
    .selectFrom("article_event")
    .innerJoin("article", "article.id", "article_event.article_id")
    .innerJoin("article_version", "article_version.id", "article_event.version_id")
    .selectAll("article_event")
    .select(["article.slug", "article.url", "article_version.title", "article_version.number"])
    .$if(after !== undefined, (query) => query.where("article_event.seq", ">", after ?? 0))
    .$if(upto !== undefined, (query) => query.where("article_event.seq", "<=", upto ?? 0))
    .$if(seqs !== undefined, (query) => query.where("article_event.seq", "in", seqs?.length ? seqs : [-1]))
    .$if(articleId !== undefined, (query) => query.where("article_event.article_id", "=", articleId ?? 0))
    .$if(limit !== undefined, (query) => query.limit(limit ?? 0))
    .orderBy("article_event.seq")
    .execute();
}

/** Articles with their latest version, newest article first; `before` is the id of the last one of the page before. */
export function selectArticles(db: Db, before: number | null, limit: number) {
  return db
    .selectFrom("article")
    .innerJoin("article_version", (join) =>
      join.onRef("article_version.article_id", "=", "article.id").on((eb) =>
        eb(
          "article_version.number",
          "=",
          eb
            .selectFrom("article_version as newest")
            .select((sub) => sub.fn.max("newest.number").as("number"))
            .whereRef("newest.article_id", "=", "article.id"),
        ),
      ),
    )
    .selectAll("article_version")
    .select(["article.id as articleId", "article.slug", "article.url"])
    .$if(before !== null, (query) => query.where("article.id", "<", before ?? 0))
    .orderBy("article.id", "desc")
    .limit(limit)
    .execute();
}
