import { createRoute } from "@hono/zod-openapi";
import { accepts } from "hono/accepts";
import type { Context } from "../../context.ts";
import { previewDigest } from "../../digests/index.ts";
import { requireRole } from "./auth.ts";
import { IdPath, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";

const PARTS = { "text/html": "html", "text/plain": "text", "application/json": "json" } as const;
const Part = z.enum(["html", "text", "json"]);

/** The mail's own inline styles and images and nothing else; no script, no form, no way out of its frame. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src https: data:; sandbox";

const preview = createRoute({
  method: "get",
  path: "/digests/{id}/preview",
  operationId: "previewDigest",
  tags: ["Digests"],
  summary: "The digest as it will be, or was, sent",
  description: "By `Accept`, or by `part`: HTML, plain text, or both with the subject as JSON.",
  security,
  request: { params: IdPath, query: z.object({ part: Part.optional() }) },
  responses: {
    200: {
      description: "The rendering, with personal links led to the sign-up page.",
      content: {
        "text/html": { schema: z.string() },
        "text/plain": { schema: z.string() },
        "application/json": { schema: z.object({ subject: z.string(), html: z.string(), text: z.string() }) },
      },
    },
    ...problems(404, 409, 422),
  },
});

/** Previews of digests. */
export function previewRoutes(ctx: Context): Api {
  const api = newApi();
  api.openapi({ ...preview, middleware: requireRole(ctx, "viewer") }, async (c) => {
    const supports = Object.keys(PARTS);
    const accepted = accepts(c, { header: "Accept", supports, default: "text/html" });
    const part = c.req.valid("query").part ?? PARTS[accepted as keyof typeof PARTS];
    const rendering = await previewDigest(ctx, c.req.valid("param").id);
    c.header("Cache-Control", "no-store");
    if (part === "json") return c.json(rendering, 200);
    if (part === "text") return c.text(rendering.text, 200);
    return c.html(rendering.html, 200, { "Content-Security-Policy": MAIL_POLICY });
  });
  return api;
}
