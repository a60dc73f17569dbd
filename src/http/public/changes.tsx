import { Hono, type Context as Http } from "hono";
import { compareVersions, listNews, readHistory } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { localised } from "../ui/page.tsx";
import { WordsPage } from "../ui/parts.tsx";
import { ComparePage } from "./changes/compare.tsx";
import { HistoryPage } from "./changes/history.tsx";
import { NewsPage } from "./changes/news.tsx";
import { frameFor } from "./reader-page.ts";

const VERSIONS = 20;
const NEWS = 30;

/** What changed, for anyone: in all articles, and in one, version by version or between any two. */
export function changesPages(ctx: Context): Hono {
  const pages = new Hono();
  const { timezone } = ctx.config.site;
  pages.get("/changes", async (c) => {
    const [after, before] = [numberOf(c.req.query("after")), numberOf(c.req.query("before"))];
    const { news, next } = await listNews(ctx, { after: after ?? 0, before, limit: NEWS });
    const place = { after, before };
    return c.html(<NewsPage frame={frameFor(c, ctx)} news={news} next={next} place={place} timezone={timezone} />);
  });
  pages.get("/changes/:slug", async (c) => {
    if (c.req.query("from") !== undefined || c.req.query("to") !== undefined) return answerComparison(c, ctx);
    const before = numberOf(c.req.query("before"));
    const history = await readHistory(ctx, c.req.param("slug"), { before, limit: VERSIONS });
    return c.html(<HistoryPage frame={frameFor(c, ctx)} history={history} before={before} timezone={timezone} />);
  });
  return pages;
}

/** Two versions by their numbers, in whichever order. */
async function answerComparison(c: Http, ctx: Context): Promise<Response> {
  const slug = c.req.param("slug") ?? "";
  const frame = frameFor(c, ctx);
  const words = frame.messages.compare;
  const asked = [numberOf(c.req.query("from")), numberOf(c.req.query("to"))];
  const [from, to] = asked.filter((one) => one !== null).sort((a, b) => a - b);
  const found = await compareVersions(ctx, slug, { from: from ?? 0, to: to ?? 0 });
  const back = localised(`/changes/${encodeURIComponent(slug)}`, frame.locale);
  const refuse = (status: 404 | 422, said: { title: string; text: string }) =>
    c.html(
      <WordsPage frame={frame} words={said} personal>
        <p>
          <a href={back}>{words.back}</a>
        </p>
      </WordsPage>,
      status,
    );
  if (from === undefined || to === undefined) return refuse(422, words.unreadable);
  const { comparison, marks } = found;
  const missing = found.from === null ? from : to;
  if (!comparison) return refuse(404, words.unknown(missing, marks[0]?.number ?? 0));
  const { timezone } = ctx.config.site;
  return c.html(<ComparePage frame={frame} found={{ ...found, comparison }} from={from} to={to} timezone={timezone} />);
}

function numberOf(text: string | undefined): number | null {
  return text !== undefined && /^\d{1,15}$/.test(text) ? Number(text) : null;
}
