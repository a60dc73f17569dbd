import { createRoute } from "@hono/zod-openapi";
import type { Context } from "../../context.ts";
import {
  askPoll,
  changeSource,
  followSource,
  getSource,
  listSources,
  NewSource,
  removeSource,
  SourceChange,
} from "../../sources/index.ts";
import { requireRole } from "./auth.ts";
import { atMost } from "./body.ts";
import { IdPath, json, jsonBody, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";
import { Source, SourceWithTroubles, toSource, toSourceWithTroubles } from "./source-shapes.ts";

const common = { tags: ["Sources"], security };
const one = { params: IdPath };

const list = createRoute({
  ...common,
  method: "get",
  path: "/sources",
  operationId: "listSources",
  summary: "Feeds and sitemaps that are followed, and how they stand",
  responses: { 200: json(z.object({ sources: z.array(Source) }), "In the order they were added."), ...problems() },
});

const follow = createRoute({
  ...common,
  method: "post",
  path: "/sources",
  operationId: "followSource",
  summary: "Follow a feed or sitemap, by its address or that of a page which names it",
  description:
    "What it names now is taken in without events, unless `backfill` is false. Fetched before it is answered; its pages are taken in afterwards.",
  request: { body: jsonBody(NewSource) },
  responses: {
    200: json(Source, "It is followed already; nothing is changed."),
    201: json(Source, "Followed from now on."),
    ...problems(400, 413, 415, 422, 503),
  },
});

const read = createRoute({
  ...common,
  method: "get",
  path: "/sources/{id}",
  operationId: "getSource",
  summary: "A source, and the pages of it that are not taken in with the reason",
  request: one,
  responses: { 200: json(SourceWithTroubles, "The source."), ...problems(404) },
});

const change = createRoute({
  ...common,
  method: "patch",
  path: "/sources/{id}",
  operationId: "changeSource",
  summary: "Pause a source, or go on with it",
  request: { ...one, body: jsonBody(SourceChange) },
  responses: { 200: json(Source, "As it stands now."), ...problems(400, 404, 413, 415, 422) },
});

const remove = createRoute({
  ...common,
  method: "delete",
  path: "/sources/{id}",
  operationId: "removeSource",
  summary: "Follow a source no more; its articles stay",
  request: one,
  responses: { 204: { description: "Removed." }, ...problems(404) },
});

const poll = createRoute({
  ...common,
  method: "post",
  path: "/sources/{id}/poll",
  operationId: "pollSource",
  summary: "Look at a source and every page of it now",
  description: "Done by the workers: a `lastPolledAt` later than this request says that they are through.",
  request: one,
  responses: { 202: json(Source, "Under way."), ...problems(404, 409) },
});

/** Following feeds and sitemaps. */
export function sourceRoutes(ctx: Context): Api {
  const api = newApi();
  const [viewer, editor] = [requireRole(ctx, "viewer"), requireRole(ctx, "editor")];
  api.openapi({ ...list, middleware: viewer }, async (c) =>
    c.json({ sources: (await listSources(ctx)).map(toSource) }, 200),
  );
  api.openapi({ ...follow, middleware: [editor, atMost(100)] }, async (c) => {
    const { uid, created } = await followSource(ctx, c.req.valid("json"));
    const source = await show(ctx, uid);
    return created ? c.json(source, 201, { Location: `/api/v1/sources/${uid}` }) : c.json(source, 200);
  });
  api.openapi({ ...read, middleware: viewer }, async (c) =>
    c.json(toSourceWithTroubles(await getSource(ctx, c.req.valid("param").id)), 200),
  );
  api.openapi({ ...change, middleware: [editor, atMost(100)] }, async (c) => {
    const { id } = c.req.valid("param");
    await changeSource(ctx, id, c.req.valid("json"));
    return c.json(await show(ctx, id), 200);
  });
  api.openapi({ ...remove, middleware: editor }, async (c) => {
    await removeSource(ctx, c.req.valid("param").id);
    return c.body(null, 204);
  });
  api.openapi({ ...poll, middleware: editor }, async (c) => {
    const { id } = c.req.valid("param");
    await askPoll(ctx, id);
    return c.json(await show(ctx, id), 202);
  });
  return api;
}

async function show(ctx: Context, id: string) {
  const { troubles: _troubles, ...source } = await getSource(ctx, id);
  return toSource(source);
}
