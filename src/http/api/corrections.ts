import { createRoute } from "@hono/zod-openapi";
import { CorrectionInput, EventNote, noteEvent } from "../../articles/index.ts";
import type { Context } from "../../context.ts";
import { type CorrectionReport, correctArticle, getCorrection, listCorrectionReports } from "../../digests/index.ts";
import { SlugPath } from "./articles.ts";
import { requireRole } from "./auth.ts";
import { atMost } from "./body.ts";
import { Correction } from "./correction-shapes.ts";
import { json, jsonBody, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursor, toCursor } from "./paging.ts";

const MAX_KB = 64;

const common = { tags: ["Corrections"], security };
const SeqPath = z.object({
  seq: z.coerce
    .number()
    .int()
    .min(1)
    .max(Number.MAX_SAFE_INTEGER)
    .openapi({ type: "integer", param: { name: "seq", in: "path" } }),
});
const Marked = z.object({
  correction: Correction,
  warnings: z.array(z.object({ field: z.string(), text: z.string() })),
});

const mark = createRoute({
  ...common,
  method: "post",
  path: "/articles/{slug}/corrections",
  operationId: "correctArticle",
  summary: "Mark a version as wrong, and tell at once the readers who were sent it",
  description:
    "The notice goes to exactly the active readers whose deliveries carried the version, or another with the same passage; to nobody else, whatever their rhythm. The same words again change nothing.",
  request: { params: SlugPath, body: jsonBody(CorrectionInput) },
  responses: {
    200: json(Marked, "Marked before."),
    201: json(Marked, "Marked; the notices are on their way."),
    ...problems(400, 404, 413, 415, 422),
  },
});

const list = createRoute({
  ...common,
  method: "get",
  path: "/corrections",
  operationId: "listCorrections",
  summary: "Corrections and their reach, newest first",
  request: { query: Page },
  responses: { 200: json(z.object({ corrections: z.array(Correction), next: Next }), "A page."), ...problems(422) },
});

const read = createRoute({
  ...common,
  method: "get",
  path: "/corrections/{seq}",
  operationId: "getCorrection",
  summary: "A correction and its reach: told, delivered, not reachable any more",
  request: { params: SeqPath },
  responses: { 200: json(Correction, "The correction."), ...problems(404, 422) },
});

const note = createRoute({
  ...common,
  tags: ["Articles"],
  method: "patch",
  path: "/events/{seq}",
  operationId: "noteEvent",
  summary: "Add an editor's note to an article event, or take it back",
  request: { params: SeqPath, body: jsonBody(EventNote) },
  responses: { 204: { description: "Noted." }, ...problems(400, 404, 413, 415, 422) },
});

/** Marking what was wrong, and seeing whom that reached. */
export function correctionRoutes(ctx: Context): Api {
  const api = newApi();
  const [viewer, editor] = [requireRole(ctx, "viewer"), requireRole(ctx, "editor")];
  api.openapi({ ...mark, middleware: [editor, atMost(MAX_KB)] }, async (c) => {
    const { slug } = c.req.valid("param");
    const { correction, created, warnings } = await correctArticle(ctx, slug, c.req.valid("json"), c.get("editor").id);
    return c.json({ correction: toShape(correction), warnings }, created ? 201 : 200);
  });
  api.openapi({ ...list, middleware: viewer }, async (c) => {
    const { cursor, limit } = c.req.valid("query");
    const { corrections, next } = await listCorrectionReports(ctx, { before: readCursor(cursor), limit });
    return c.json({ corrections: corrections.map(toShape), next: toCursor(next) }, 200);
  });
  api.openapi({ ...read, middleware: viewer }, async (c) =>
    c.json(toShape(await getCorrection(ctx, c.req.valid("param").seq)), 200),
  );
  api.openapi({ ...note, middleware: [editor, atMost(MAX_KB)] }, async (c) => {
    await noteEvent(ctx, c.req.valid("param").seq, c.req.valid("json"));
    return c.body(null, 204);
  });
  return api;
}

function toShape(report: CorrectionReport) {
  return { ...report, correctedAt: new Date(report.correctedAt).toISOString() };
}
