import type { OpenAPIHono, RouteConfig } from "@hono/zod-openapi";
import { publicProblems, security } from "./describe.ts";
import { type ApiEnv, z } from "./env.ts";

const html = { description: "A page.", content: { "text/html": { schema: z.string() } } };
const Token = z.object({ token: z.string().openapi({ param: { name: "token", in: "path" } }) });
const Form = { "application/x-www-form-urlencoded": { schema: z.record(z.string(), z.string()) } };

type Method = "get" | "post";
type Other = Pick<RouteConfig, "summary" | "request" | "responses" | "security" | "description">;

function page(summary: string, more: Partial<Other> = {}): Other {
  return { summary, responses: { 200: html, ...publicProblems(404) }, ...more };
}

function tokenPages(path: string, look: string, act: string, description?: string): [Method, string, Other][] {
  const body = { required: false, content: Form };
  return [
    ["get", path, page(look, { request: { params: Token } })],
    ["post", path, page(act, { request: { params: Token, body }, ...(description ? { description } : {}) })],
  ];
}

const READER: [Method, string, Other][] = [
  ["get", "/subscribe", page("The sign-up form")],
  ["post", "/subscribe", page("Sign up by form", { request: { body: { required: true, content: Form } } })],
  [
    "get",
    "/embed.js",
    page("The form as a drop-in for the publisher's own pages", { responses: { 200: text("text/javascript") } }),
  ],
  ...tokenPages("/confirm/{token}", "A button; changes nothing", "Confirm a subscription"),
  ...tokenPages("/preferences/{token}", "A reader's choices", "Save, export, leave or erase"),
  ...tokenPages(
    "/unsubscribe/{token}",
    "A button; changes nothing",
    "Leave",
    "With the body `List-Unsubscribe=One-Click` (RFC 8058) it answers 200 without redirect, cookie or page.",
  ),
  ["get", "/archive", page("Sent digests")],
  [
    "get",
    "/archive/{digest}",
    page("One sent digest", {
      request: { params: z.object({ digest: z.string().openapi({ param: { name: "digest", in: "path" } }) }) },
    }),
  ],
  ["get", "/archive.xml", page("Sent digests as an Atom feed", { responses: { 200: text("application/atom+xml") } })],
  [
    "get",
    "/changes/{slug}",
    page("An article's versions and what changed between them", {
      request: { params: z.object({ slug: z.string().openapi({ param: { name: "slug", in: "path" } }) }) },
    }),
  ],
];

const signed = { required: true, content: { "application/json": { schema: z.record(z.string(), z.unknown()) } } };

const NOTICES: [Method, string, Other][] = [
  [
    "post",
    "/webhooks/resend",
    {
      summary: "Delivery events from Resend, signed by Svix",
      request: { body: signed },
      responses: {
        204: { description: "Stored, known already, or of no interest." },
        ...publicProblems(400, 404, 413),
      },
    },
  ],
  [
    "post",
    "/webhooks/cms",
    {
      summary: "A page was published, reviewed or updated (Standard Webhooks)",
      description:
        "`{type: article.published | article.reviewed | article.updated, data: {url}}`; the page is taken in, now or as soon as it can be had. The answer's `status` is taken-in, waiting, refused or ignored.",
      request: { body: signed },
      responses: {
        202: { description: "Stored, and acted on; or of no interest." },
        ...publicProblems(400, 404, 413, 422),
      },
    },
  ],
];

const OPERATIONS: [Method, string, Other][] = [
  ["get", "/healthz", { summary: "Whether the process lives", responses: { 200: text("application/json") } }],
  [
    "get",
    "/readyz",
    {
      summary: "Whether each dependency is ready",
      responses: { 200: text("application/json"), 503: { description: "At least one is not." } },
    },
  ],
  [
    "get",
    "/metrics",
    { summary: "Prometheus metrics", security, responses: { 200: text("text/plain"), ...publicProblems(401) } },
  ],
];

function text(type: string) {
  return { description: "The content.", content: { [type]: { schema: z.string() } } };
}

/** Describes what is served beside the API proper. */
export function describeOtherPaths(app: OpenAPIHono<ApiEnv>): void {
  const groups = { "Readers' pages": READER, Webhooks: NOTICES, Operations: OPERATIONS };
  for (const [tag, routes] of Object.entries(groups)) {
    for (const [method, path, route] of routes)
      app.openAPIRegistry.registerPath({ method, path, tags: [tag], ...route });
  }
}
