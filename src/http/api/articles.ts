import { createRoute } from "@hono/zod-openapi";
import type { Context as Request } from "hono";
import {
  type ArticleHistory,
  ArticleInput,
  decodePage,
  getArticle,
  importPage,
  type ListedEvent,
  listArticles,
  listEvents,
  putArticle,
  type TakenIn as Taken,
  takeIn,
} from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { InvalidError } from "../../errors.ts";
import { Article, ArticleEvent, TakenIn } from "./article-shapes.ts";
import { requireRole } from "./auth.ts";
import { atMost, mediaType } from "./body.ts";
import { json, jsonBody, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursor, toCursor } from "./paging.ts";

/** An article page with some room; the extraction has its own limit. */
const MAX_KB = 6 * 1024;

const common = { tags: ["Articles"], security };
export const SlugPath = z.object({
  slug: z
    .string()
    .min(1)
    .max(100)
    .openapi({ param: { name: "slug", in: "path" } }),
});
const Backfill = z.enum(["true", "false"]).default("false").openapi({ description: "take it in and tell nobody" });
const takenIn = {
  200: json(TakenIn, "Known already, or a further version."),
  201: json(TakenIn, "First sight of the article."),
};

const PageAddress = z.object({ url: z.string().max(2000).optional(), backfill: z.boolean().optional() });

const put = createRoute({
  ...common,
  method: "put",
  path: "/articles/{slug}",
  operationId: "putArticle",
  summary: "Say what an article says now",
  request: { params: SlugPath, body: jsonBody(ArticleInput) },
  responses: { ...takenIn, ...problems(400, 413, 415, 422) },
});

const bringIn = createRoute({
  ...common,
  method: "post",
  path: "/articles/import",
  operationId: "importArticle",
  summary: "Take in a page, by its address or as HTML",
  description: "As HTML, the query `url` says where the page stands.",
  request: {
    query: z.object({ url: z.string().max(2000).optional(), backfill: Backfill }),
    body: {
      required: false,
      content: {
        "application/json": { schema: PageAddress },
        "text/html": { schema: z.string() },
      },
    },
  },
  responses: { ...takenIn, ...problems(400, 413, 415, 422, 503) },
});

const list = createRoute({
  ...common,
  method: "get",
  path: "/articles",
  operationId: "listArticles",
  summary: "Articles",
  request: { query: Page },
  responses: {
    200: json(z.object({ articles: z.array(z.looseObject({ slug: z.string() })), next: Next }), "A page."),
    ...problems(422),
  },
});

const read = createRoute({
  ...common,
  method: "get",
  path: "/articles/{slug}",
  operationId: "getArticle",
  summary: "An article as it stands, and its versions",
  request: { params: SlugPath },
  responses: { 200: json(z.looseObject({ article: Article }), "The article."), ...problems(404) },
});

const events = createRoute({
  ...common,
  method: "get",
  path: "/events",
  operationId: "listEvents",
  summary: "Article events: why readers should hear of a version, in sequence",
  request: { query: Page },
  responses: { 200: json(z.object({ events: z.array(ArticleEvent), next: Next }), "A page."), ...problems(422) },
});

/** Taking articles in, and looking at them. */
export function articleRoutes(ctx: Context): Api {
  const api = newApi();
  const [viewer, editor] = [requireRole(ctx, "viewer"), requireRole(ctx, "editor")];
  api.openapi({ ...put, middleware: [editor, atMost(MAX_KB)] }, async (c) =>
    answer(c, await putArticle(ctx, c.req.valid("param").slug, c.req.valid("json"))),
  );
  api.openapi({ ...bringIn, middleware: [editor, atMost(MAX_KB)] }, async (c) => {
    const { url, backfill: asked } = c.req.valid("query");
    const type = c.req.header("content-type");
    if (mediaType(type) === "text/html") {
      const html = decodePage(new Uint8Array(await c.req.arrayBuffer()), type ?? "");
      return answer(c, await takeIn(ctx, { html, url: required(url), backfill: asked === "true" }));
    }
    // Typed as either body; text/html has just been answered.
    const body = PageAddress.parse(c.req.valid("json"));
    const backfill = body.backfill ?? asked === "true";
    return answer(c, await importPage(ctx, { url: required(body.url ?? url), backfill }));
  });
  addReading(ctx, api, viewer);
  return api;
}

function addReading(ctx: Context, api: Api, viewer: ReturnType<typeof requireRole>): void {
  api.openapi({ ...list, middleware: viewer }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await listArticles(ctx, { cursor: readCursor(cursor) ?? null, limit });
    const articles = page.articles.map((article) => ({ ...article, takenAt: time(article.takenAt) }));
    return c.json({ articles, next: toCursor(page.next) }, 200);
  });
  api.openapi({ ...read, middleware: viewer }, async (c) =>
    c.json(toHistory(await getArticle(ctx, c.req.valid("param").slug)), 200),
  );
  api.openapi({ ...events, middleware: viewer }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const rows = await listEvents(ctx, { after: readCursor(cursor) ?? 0, limit });
    const next = rows.length === limit ? (rows.at(-1)?.seq ?? null) : null;
    return c.json({ events: rows.map(toEvent), next: toCursor(next) }, 200);
  });
}

function answer(c: Request, { article, version, warnings, event, created }: Taken): Response {
  return c.json({ article, version, warnings, event }, created ? 201 : 200);
}

function required(url: string | undefined): string {
  if (url !== undefined && url !== "") return url;
  throw new InvalidError("Say where the page stands.", [{ field: "url", text: "expected an http(s) URL" }]);
}

function toHistory({ article, versions, events }: ArticleHistory) {
  return {
    article,
    versions: versions.map((version) => ({ ...version, takenAt: time(version.takenAt) })),
    events: events.map(toEvent),
  };
}

function toEvent(event: ListedEvent) {
  return { ...event, createdAt: time(event.createdAt) };
}

function time(at: number): string {
  return new Date(at).toISOString();
}
