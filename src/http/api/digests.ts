import { createRoute } from "@hono/zod-openapi";
import type { Context } from "../../context.ts";
import {
  audienceReport,
  cancelDigest,
  DigestDraft,
  draftDigest,
  getDigest,
  listDigestReports,
  pauseDigest,
  resumeDigest,
  retryDigest,
  sendDigest,
  testDigest,
} from "../../digests/index.ts";
import { requireRole } from "./auth.ts";
import { atMost } from "./body.ts";
import { IdPath, json, jsonBody, problems, security } from "./describe.ts";
import { Audience, Digest, DigestStatus } from "./digest-shapes.ts";
import { type Api, newApi, z } from "./env.ts";
import { Next, Page, readCursor, toCursor } from "./paging.ts";

const common = { tags: ["Digests"], security };
const oneDigest = { params: IdPath };

const draft = createRoute({
  ...common,
  method: "post",
  path: "/digests",
  operationId: "draftDigest",
  summary: "Draft a digest of what is new, or of events by number",
  request: { body: jsonBody(DigestDraft, { required: false }) },
  responses: { 201: json(Digest, "The draft."), ...problems(400, 413, 415, 422) },
});

const list = createRoute({
  ...common,
  method: "get",
  path: "/digests",
  operationId: "listDigests",
  summary: "Digests, newest first",
  request: { query: Page.extend({ status: DigestStatus.optional() }) },
  responses: { 200: json(z.object({ digests: z.array(Digest), next: Next }), "A page."), ...problems(422) },
});

const read = createRoute({
  ...common,
  method: "get",
  path: "/digests/{id}",
  operationId: "getDigest",
  summary: "A digest's state, counts and progress",
  request: oneDigest,
  responses: { 200: json(Digest, "The digest."), ...problems(404) },
});

const send = createRoute({
  ...common,
  method: "post",
  path: "/digests/{id}/send",
  operationId: "sendDigest",
  summary: "Trigger a digest",
  description: "At once, or at its `sendAt`. Triggering again answers the same and sends nothing twice.",
  request: oneDigest,
  responses: { 202: json(Digest, "Under way."), ...problems(404, 409) },
});

const test = createRoute({
  ...common,
  method: "post",
  path: "/digests/{id}/test",
  operationId: "testDigest",
  summary: "Send a digest to one address, to look at it",
  request: { ...oneDigest, body: jsonBody(z.object({ to: z.email().max(254) })) },
  responses: {
    202: json(z.object({ status: z.literal("submitted") }), "The provider took it."),
    ...problems(400, 404, 409, 413, 415, 422, 503),
  },
});

const retry = createRoute({
  ...common,
  method: "post",
  path: "/digests/{id}/retry",
  operationId: "retryDigest",
  summary: "Send a digest again to those whose delivery failed, and to nobody else",
  request: oneDigest,
  responses: { 202: json(Digest.extend({ retried: z.number().int() }), "Under way."), ...problems(404, 409) },
});

const audience = createRoute({
  ...common,
  method: "get",
  path: "/digests/{id}/audience",
  operationId: "getAudience",
  summary: "Who will get, or got, a digest and who will not, by reason",
  request: oneDigest,
  responses: { 200: json(Audience, "Counts."), ...problems(404) },
});

const CONTROLS = {
  pause: { verb: pauseDigest, summary: "Stop a digest at the next batch" },
  resume: { verb: resumeDigest, summary: "Go on with a paused digest" },
  cancel: { verb: cancelDigest, summary: "End a digest for good; what was not handed over never is" },
} as const;

/** Drafting, looking at, triggering and steering digests. */
export function digestRoutes(ctx: Context): Api {
  const api = newApi();
  const [viewer, editor] = [requireRole(ctx, "viewer"), requireRole(ctx, "editor")];
  api.openapi({ ...draft, middleware: [editor, atMost(100)] }, async (c) => {
    const { uid } = await draftDigest(ctx, c.req.valid("json"));
    return c.json(await getDigest(ctx, uid), 201, { Location: `/api/v1/digests/${uid}` });
  });
  api.openapi({ ...list, middleware: viewer }, async (c) => {
    const { cursor, limit, status = null } = c.req.valid("query");
    const { digests, next } = await listDigestReports(ctx, { before: readCursor(cursor) ?? null, limit, status });
    return c.json({ digests, next: toCursor(next) }, 200);
  });
  api.openapi({ ...read, middleware: viewer }, async (c) => c.json(await getDigest(ctx, c.req.valid("param").id), 200));
  api.openapi({ ...send, middleware: editor }, async (c) => {
    const { uid } = await sendDigest(ctx, c.req.valid("param").id);
    return c.json(await getDigest(ctx, uid), 202);
  });
  api.openapi({ ...test, middleware: [editor, atMost(100)] }, async (c) => {
    await testDigest(ctx, c.req.valid("param").id, c.req.valid("json").to);
    return c.json({ status: "submitted" as const }, 202);
  });
  api.openapi({ ...retry, middleware: editor }, async (c) => {
    const { id } = c.req.valid("param");
    const { retried } = await retryDigest(ctx, id);
    return c.json({ ...(await getDigest(ctx, id)), retried }, 202);
  });
  api.openapi({ ...audience, middleware: viewer }, async (c) =>
    c.json(await audienceReport(ctx, c.req.valid("param").id), 200),
  );
  addControls(ctx, api);
  return api;
}

function addControls(ctx: Context, api: Api): void {
  for (const [name, { verb, summary }] of Object.entries(CONTROLS)) {
    const route = createRoute({
      ...common,
      method: "post",
      path: `/digests/{id}/${name}`,
      operationId: `${name}Digest`,
      summary,
      request: oneDigest,
      middleware: requireRole(ctx, "editor"),
      responses: { 200: json(Digest, "As it stands now."), ...problems(404, 409) },
    });
    api.openapi(route, async (c) => {
      const { uid } = await verb(ctx, c.req.valid("param").id);
      return c.json(await getDigest(ctx, uid), 200);
    });
  }
}
