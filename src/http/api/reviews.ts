import { createRoute } from "@hono/zod-openapi";
import { stringify } from "csv-stringify/sync";
import { accepts } from "hono/accepts";
import { type ArticleDue, listReviewDebt } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { ReminderWish, readReminders, stopReminders, wishReminders } from "../../editors/index.ts";
import { LOCALES } from "../../subscribers/words.ts";
import { requireRole } from "./auth.ts";
import { atMost } from "./body.ts";
import { json, jsonBody, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursorAs, toCursor } from "./paging.ts";
import { attachment, streamed } from "./stream.ts";

const ROWS = 1000;
const COLUMNS = ["slug", "url", "title", "basis", "since", "months", "monthsOverdue", "reviewers"] as const;
const CSV = "text/csv";

const Due = z
  .object({
    slug: z.string(),
    url: z.string(),
    title: z.string(),
    basis: z
      .enum(["reviewed", "updated", "published", "no-date"])
      .openapi({ description: "what the age counts from; `updated` and `published` were never reviewed" }),
    since: z.string().nullable().openapi({ description: "YYYY-MM-DD, or YYYY-MM where the page gives a month" }),
    months: z.number().int().nullable().openapi({ description: "whole months since then" }),
    monthsOverdue: z.number().int().nullable(),
    reviewers: z.array(z.string()),
  })
  .openapi("ArticleDue");

const due = createRoute({
  method: "get",
  path: "/reviews/due",
  operationId: "listReviewsDue",
  tags: ["Reviews"],
  summary: "Articles whose last review is older than the site allows",
  description: "Oldest first, those without any date last. JSON in pages, or by `Accept` the whole of it as CSV.",
  security,
  request: { query: Page },
  responses: {
    200: {
      description: "A page, or the whole list.",
      content: {
        "application/json": {
          schema: z.object({
            reviewMonths: z.number().int().openapi({ description: "the age the site allows" }),
            articles: z.array(Due),
            next: Next,
          }),
        },
        [CSV]: { schema: z.string() },
      },
    },
    ...problems(422),
  },
});

const Reminders = z
  .object({ email: z.string().nullable(), locale: z.enum(LOCALES).nullable() })
  .openapi("Reminders", { description: "nulls: no reminders are wanted" });
const mine = { path: "/editors/me/reminders", tags: ["Reviews"], security };

const readWish = createRoute({
  ...mine,
  method: "get",
  operationId: "getMyReminders",
  summary: "Where the holder of this key gets the monthly list of what is due for review",
  responses: { 200: json(Reminders, "Your wish."), ...problems(409) },
});

const wish = createRoute({
  ...mine,
  method: "put",
  operationId: "wantReminders",
  summary: "Get that list by mail on the first of each month, when something is due",
  description: "From next month on. The bootstrap key is nobody's and gets none.",
  request: { body: jsonBody(ReminderWish) },
  responses: { 200: json(Reminders, "Your wish."), ...problems(400, 409, 413, 415, 422) },
});

const stop = createRoute({
  ...mine,
  method: "delete",
  operationId: "stopReminders",
  summary: "Get it no more",
  responses: { 204: { description: "None will come." }, ...problems(409) },
});

/** What is due for review, and who is reminded of it. */
export function reviewRoutes(ctx: Context): Api {
  const api = newApi();
  api.openapi({ ...due, middleware: requireRole(ctx, "viewer") }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    if (accepts(c, { header: "Accept", supports: ["application/json", CSV], default: "application/json" }) === CSV) {
      return streamed(ctx, asCsv(ctx), attachment(CSV, "reviews-due.csv"));
    }
    const { articles, next } = await listReviewDebt(ctx, { cursor: readPlace(cursor), limit });
    const { reviewMonths } = ctx.config.site;
    return c.json({ reviewMonths, articles, next: next && toCursor(`${next.day} ${next.articleId}`) }, 200);
  });
  addReminders(ctx, api);
  return api;
}

/** The editor is whoever holds the key, so these routes name nobody. */
function addReminders(ctx: Context, api: Api): void {
  const anyone = requireRole(ctx, "viewer");
  api.openapi({ ...readWish, middleware: anyone }, async (c) => {
    c.header("Cache-Control", "no-store");
    return c.json(await readReminders(ctx, c.get("editor")), 200);
  });
  api.openapi({ ...wish, middleware: [anyone, atMost(10)] }, async (c) => {
    c.header("Cache-Control", "no-store");
    return c.json(await wishReminders(ctx, c.get("editor"), c.req.valid("json")), 200);
  });
  api.openapi({ ...stop, middleware: anyone }, async (c) => {
    await stopReminders(ctx, c.get("editor"));
    return c.body(null, 204);
  });
}

function readPlace(cursor: string | undefined) {
  const [day, articleId] = readCursorAs(cursor, /^(\d{4}-\d{2}-\d{2}) (\d{1,15})$/) ?? [];
  return day === undefined ? null : { day, articleId: Number(articleId) };
}

async function* asCsv(ctx: Context): AsyncGenerator<string> {
  yield `${COLUMNS.join(",")}\n`;
  for (let page = await listReviewDebt(ctx, { limit: ROWS }); ; ) {
    yield stringify(page.articles.map(toLine), { columns: [...COLUMNS], escape_formulas: true });
    if (page.next === null) return;
    page = await listReviewDebt(ctx, { cursor: page.next, limit: ROWS });
  }
}

function toLine({ reviewers, ...article }: ArticleDue) {
  return { ...article, reviewers: reviewers.join("; ") };
}
