import type { Hono } from "hono";
import { type ListedArticle, listArticles } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { DeskPage } from "./desk-page.tsx";
import { cursorOf, type DeskEnv, newDoor } from "./env.ts";
import { day, Head, Mark, Older } from "./parts.tsx";
import { words } from "./words.ts";

const PAGE = 50;

/** Every article, newest first. */
export function articleListPage(ctx: Context): Hono<DeskEnv> {
  const pages = newDoor();
  pages.get("/articles", async (c) => {
    const { articles, next } = await listArticles(ctx, { cursor: cursorOf(c), limit: PAGE });
    const { title, empty, follow } = words.articles;
    return c.html(
      <DeskPage ctx={ctx} editor={c.get("editor")} place="articles" title={title}>
        <Head title={title} />
        {articles.length === 0 ? (
          <p class="empty">
            {empty} <a href="/admin/sources">{follow}</a>
          </p>
        ) : (
          <ul class="rows">
            {articles.map((article) => (
              <Article article={article} />
            ))}
          </ul>
        )}
        <Older path="/admin/articles" next={next} />
      </DeskPage>,
    );
  });
  return pages;
}

function Article({ article: { slug, title, reviewedOn, version, reviewDue } }: { article: ListedArticle }) {
  const { reviewed, never, versions, due } = words.articles;
  return (
    <li>
      <div class="what">
        <a href={`/admin/articles/${encodeURIComponent(slug)}`}>{title}</a>
        <p class="quiet small">{reviewedOn === null ? never : reviewed(day(reviewedOn))}</p>
      </div>
      <p class="side">
        {reviewDue && <Mark tone="warn">{due}</Mark>}
        <span>{versions(version)}</span>
      </p>
    </li>
  );
}
