import { createRoute } from "@hono/zod-openapi";
import { HTTPException } from "hono/http-exception";
import type { Context } from "../../context.ts";
import { NotFoundError } from "../../errors.ts";
import {
  eraseByUid,
  exportSubscribers,
  findSubscriber,
  getSubscriber,
  importSubscribers,
  listSubscribers,
  SUBSCRIBER_STATUSES,
  SubscriberView,
} from "../../subscribers/index.ts";
import { requireRole } from "./auth.ts";
import { atMost, mediaType, piecesOf } from "./body.ts";
import { IdPath, json, jsonBody, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursor, toCursor } from "./paging.ts";
import { attachment, streamed } from "./stream.ts";

/** Some two million lines. */
const MAX_IMPORT_KB = 256 * 1024;
const CSV_TYPES = ["text/csv", "application/csv", "text/plain", "application/octet-stream"];

const common = { tags: ["Subscribers"], security };
const Subscriber = z.object(SubscriberView.shape).openapi("Subscriber");

const list = createRoute({
  ...common,
  method: "get",
  path: "/subscribers",
  operationId: "listSubscribers",
  summary: "Subscribers, oldest first",
  description: "Only admins see addresses.",
  request: {
    query: Page.extend({
      status: z.enum(SUBSCRIBER_STATUSES).optional(),
      topic: z
        .string()
        .regex(/^[a-z0-9-]{1,64}$/, "expected a topic's slug")
        .optional(),
    }),
  },
  responses: { 200: json(z.object({ subscribers: z.array(Subscriber), next: Next }), "A page."), ...problems(422) },
});

const lookUp = createRoute({
  ...common,
  method: "post",
  path: "/subscribers/lookup",
  operationId: "findSubscriber",
  summary: "The subscriber of an address",
  description: "The address goes in the body, since URLs end up in logs.",
  request: { body: jsonBody(z.object({ email: z.string().max(320) })) },
  responses: { 200: json(Subscriber, "The subscriber."), ...problems(400, 404, 413, 415, 422) },
});

const read = createRoute({
  ...common,
  method: "get",
  path: "/subscribers/{id}",
  operationId: "getSubscriber",
  summary: "One subscriber, with the ledger of what they agreed to",
  request: { params: IdPath },
  responses: {
    200: json(Subscriber.extend({ consent: z.array(z.record(z.string(), z.unknown())) }), "The subscriber."),
    ...problems(404),
  },
});

const erase = createRoute({
  ...common,
  method: "delete",
  path: "/subscribers/{id}",
  operationId: "eraseSubscriber",
  summary: "Erase a subscriber for good",
  description: "The address is forgotten; a keyed hash stays so that no import brings it back. Again answers the same.",
  request: { params: IdPath },
  responses: { 204: { description: "Erased." }, ...problems(404) },
});

const ImportReport = z
  .object({
    imported: z.number().int(),
    unchanged: z.number().int(),
    refused: z.number().int(),
    errors: z.array(z.object({ line: z.number().int(), reason: z.string() })),
  })
  .openapi("ImportReport");

const bringIn = createRoute({
  ...common,
  method: "post",
  path: "/subscribers/import",
  operationId: "importSubscribers",
  summary: "Import readers who confirmed elsewhere, from CSV",
  description:
    "Header `email,topics,cadence,timezone,locale,confirmed_at,consent_source`; topics separated by `;`. Good lines are kept, bad ones reported. Suppressed and departed addresses are never brought back.",
  request: { body: { required: true, content: { "text/csv": { schema: z.string() } } } },
  responses: { 200: json(ImportReport, "What became of the lines."), ...problems(413, 415, 422) },
});

const takeOut = createRoute({
  ...common,
  method: "get",
  path: "/subscribers/export",
  operationId: "exportSubscribers",
  summary: "Every active reader as CSV, as an import reads it",
  responses: { 200: { description: "The file.", content: { "text/csv": { schema: z.string() } } }, ...problems() },
});

/** The list of readers. */
export function subscriberRoutes(ctx: Context): Api {
  const api = newApi();
  const [viewer, admin] = [requireRole(ctx, "viewer"), requireRole(ctx, "admin")];
  api.use("/subscribers/*", async (c, next) => {
    await next();
    c.header("Cache-Control", "no-store");
  });
  api.openapi({ ...list, middleware: viewer }, async (c) => {
    const { cursor, limit, status = null, topic = null } = c.req.valid("query");
    const addresses = c.var.editor.role === "admin";
    const after = readCursor(cursor) ?? 0;
    const page = await listSubscribers(ctx, { after, limit, status, topic, addresses });
    return c.json({ subscribers: page.subscribers, next: toCursor(page.next) }, 200);
  });
  api.openapi({ ...lookUp, middleware: [admin, atMost(100)] }, async (c) =>
    c.json(await findSubscriber(ctx, c.req.valid("json").email), 200),
  );
  api.openapi({ ...bringIn, middleware: admin }, async (c) => {
    const type = mediaType(c.req.header("content-type"));
    if (!CSV_TYPES.includes(type)) throw new HTTPException(415, { message: "Expected Content-Type: text/csv." });
    return c.json(await importSubscribers(ctx, piecesOf(c.req.raw, MAX_IMPORT_KB)), 200);
  });
  api.openapi({ ...takeOut, middleware: admin }, () =>
    streamed(ctx, exportSubscribers(ctx), attachment("text/csv", "subscribers.csv")),
  );
  api.openapi({ ...read, middleware: viewer }, async (c) =>
    c.json(await getSubscriber(ctx, c.req.valid("param").id, { addresses: c.var.editor.role === "admin" }), 200),
  );
  api.openapi({ ...erase, middleware: admin }, async (c) => {
    const known = await eraseByUid(ctx, c.req.valid("param").id, "admin");
    if (!known) throw new NotFoundError("There is no subscriber of that id.");
    return c.body(null, 204);
  });
  return api;
}
