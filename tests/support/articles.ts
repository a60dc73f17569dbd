import type { Context } from "../../src/context.ts";

export interface StoredArticle {
  slug: string;
  title?: string;
  reviewedOn?: string | null;
  updatedOn?: string | null;
  publishedOn?: string | null;
  reviewers?: string[];
}

/** Puts articles straight into the tables, each as its next version, for tests that are about what comes after. */
export async function storeArticles(ctx: Context, articles: StoredArticle[]): Promise<void> {
  await ctx.db.transaction().execute(async (tx) => {
    for (const article of articles) {
      const { slug } = article;
      const row = { slug, url: `https://calm.example/${slug}`, created_at: ctx.clock() };
      await tx
        .insertInto("article")
        .values(row)
        .onConflict((conflict) => conflict.doNothing())
        .execute();
      const { id } = await tx.selectFrom("article").select("id").where("slug", "=", slug).executeTakeFirstOrThrow();
      const { number } = await tx
        .selectFrom("article_version")
        .select((eb) => eb.fn.countAll<number>().as("number"))
        .where("article_id", "=", id)
        .executeTakeFirstOrThrow();
      await tx
        .insertInto("article_version")
        .values({
          article_id: id,
          number: Number(number) + 1,
          content_hash: `${slug} ${number}`,
          title: article.title ?? slug,
          summary: null,
          published_on: article.publishedOn ?? null,
          updated_on: article.updatedOn ?? null,
          reviewed_on: article.reviewedOn ?? null,
          reviewers: JSON.stringify(article.reviewers ?? []),
          reading_minutes: null,
          reference_list: "[]",
          topics: "",
          sections: "[]",
          taken_at: ctx.clock(),
        })
        .execute();
    }
  });
}
