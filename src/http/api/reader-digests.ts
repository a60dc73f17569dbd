import { createRoute } from "@hono/zod-openapi";
import type { Context } from "../../context.ts";
import { readerDigests } from "../../digests/index.ts";
import { requireRole } from "./auth.ts";
import { IdPath, json, problems, security } from "./describe.ts";
import { ReaderDigest } from "./digest-shapes.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursor, toCursor } from "./paging.ts";

const list = createRoute({
  method: "get",
  path: "/subscribers/{id}/digests",
  operationId: "listReaderDigests",
  tags: ["Subscribers"],
  summary: "Why a subscriber did or did not get each digest, newest first",
  description:
    "A delivery with its state, left out with the reason, or not a candidate and why. Why somebody was not a candidate is told from their settings of today.",
  security,
  request: { params: IdPath, query: Page },
  responses: {
    200: json(z.object({ digests: z.array(ReaderDigest), next: Next }), "A page."),
    ...problems(404, 422),
  },
});

/** What became of digests for one reader. */
export function readerDigestRoutes(ctx: Context): Api {
  const api = newApi();
  api.openapi({ ...list, middleware: requireRole(ctx, "viewer") }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const page = await readerDigests(ctx, c.req.valid("param").id, { before: readCursor(cursor) ?? null, limit });
    return c.json({ digests: page.digests, next: toCursor(page.next) }, 200, { "Cache-Control": "no-store" });
  });
  return api;
}
