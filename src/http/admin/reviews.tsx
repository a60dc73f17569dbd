import type { Hono } from "hono";
import { type ArticleDue, listReviewDebt } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { DeskPage } from "./desk-page.tsx";
import { type DeskEnv, type DeskHttp, newDoor } from "./env.ts";
import { day, Head, names, Older } from "./parts.tsx";
import { words } from "./words.ts";

const PAGE = 50;

/** What is due for review, oldest first. */
export function reviewPage(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/reviews", async (c) => {
    const { articles, next } = await listReviewDebt(ctx, { cursor: placeOf(c), limit: PAGE });
    const { title, text, empty } = words.reviews;
    return c.html(
      <DeskPage ctx={ctx} editor={c.get("editor")} place="reviews" title={title}>
        <Head title={title} text={text(ctx.config.site.reviewMonths)} />
        {articles.length === 0 ? (
          <p class="empty">{empty}</p>
        ) : (
          <ul class="rows">
            {articles.map((article) => (
              <Due article={article} />
            ))}
          </ul>
        )}
        <Older path="/admin/reviews" next={next && `${next.day}.${next.articleId}`} />
      </DeskPage>,
    );
  });
  return pages;
}

function Due({ article: { slug, title, basis, since, months, reviewers } }: { article: ArticleDue }) {
  const { basis: bases, age, by } = words.reviews;
  return (
    <li>
      <div class="what">
        <a href={`/admin/articles/${encodeURIComponent(slug)}`}>{title}</a>
        <p class="quiet small">
          {bases[basis](since === null ? "" : day(since))}
          {basis === "reviewed" && reviewers.length > 0 && ` ${by(names(reviewers))}`}
        </p>
      </div>
      <p class="side">{months !== null && age(months)}</p>
    </li>
  );
}

/** Where the page before ended: a day and an article; null for what is none. */
function placeOf(c: DeskHttp) {
  const [, from, articleId] = /^(\d{4}-\d{2}-\d{2})\.(\d{1,15})$/.exec(c.req.query("before") ?? "") ?? [];
  return from === undefined ? null : { day: from, articleId: Number(articleId) };
}
