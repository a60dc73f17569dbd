import { sql } from "kysely";
import type { Db } from "../db/database.ts";

/** After every day there is: articles without a date come last. */
const NO_DAY = "9999-99-99";

/** Where a page of the list ends: the day it is ordered by, and the article. */
export interface DebtPlace {
  day: string;
  articleId: number;
}

/**
 * Articles by their latest version whose last review, or publication where there was none, is before `cutoff`, and those
 * without any date; oldest first.
 */
export function selectReviewDebt(db: Db, cutoff: string, after: DebtPlace | null, limit: number) {
  return db
    .selectFrom(debtOf(db, cutoff).as("debt"))
    .selectAll()
    .$if(after !== null, (query) =>
      query.where((eb) =>
        eb.or([
          eb("day", ">", after?.day ?? ""),
          eb.and([eb("day", "=", after?.day ?? ""), eb("articleId", ">", after?.articleId ?? 0)]),
        ]),
      ),
    )
    .orderBy("day")
    .orderBy("articleId")
    .limit(limit)
    .execute();
}

export async function countReviewDebt(db: Db, cutoff: string): Promise<number> {
  const { count } = await db
    .selectFrom(debtOf(db, cutoff).as("debt"))
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** The rule of `reviewDebt`: the review, else the later of update and publication, a month as its last day. */
function debtOf(db: Db, cutoff: string) {
  const [reviewed, updated, published] = [
    comparable("reviewed_on"),
    comparable("updated_on"),
    comparable("published_on"),
  ];
  const last = sql<string>`coalesce(${reviewed},
    case when coalesce(${updated}, '') >= coalesce(${published}, '') then ${updated} else ${published} end, ${NO_DAY})`;
  return db
    .selectFrom("article_version as version")
    .innerJoin("article", "article.id", "version.article_id")
    .select([
      "article.id as articleId",
      "article.slug",
      "article.url",
      "version.title",
      "version.reviewed_on",
      "version.updated_on",
      "version.published_on",
      "version.reviewers",
      last.as("day"),
    ])
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("article_version as newer")
            .select("newer.id")
            .whereRef("newer.article_id", "=", "version.article_id")
            .whereRef("newer.number", ">", "version.number"),
        ),
      ),
    )
    .where((eb) => eb.or([eb(last, "<", cutoff), eb(last, "=", NO_DAY)]));
}

function comparable(column: "reviewed_on" | "updated_on" | "published_on") {
  const day = sql.ref(`version.${column}`);
  return sql<string | null>`case when length(${day}) = 7 then ${day} || '-31' else ${day} end`;
}
