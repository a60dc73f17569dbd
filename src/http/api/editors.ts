import { createRoute } from "@hono/zod-openapi";
import type { Context } from "../../context.ts";
import { addEditor, listEditors, NewEditor, ROLES, revokeEditor } from "../../editors/index.ts";
import { requireRole } from "./auth.ts";
import { atMost } from "./body.ts";
import { json, jsonBody, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";

const common = { tags: ["Editors"], security };
const Editor = z.object({
  name: z.string(),
  role: z.enum(ROLES),
  createdAt: z.iso.datetime(),
  revokedAt: z.iso.datetime().nullable(),
});

const list = createRoute({
  ...common,
  method: "get",
  path: "/editors",
  operationId: "listEditors",
  summary: "Who holds an API key",
  responses: { 200: json(z.object({ editors: z.array(Editor) }), "By name, revoked ones too."), ...problems() },
});

const add = createRoute({
  ...common,
  method: "post",
  path: "/editors",
  operationId: "addEditor",
  summary: "Give a person or program an API key",
  request: { body: jsonBody(NewEditor) },
  responses: {
    201: json(NewEditor.extend({ key: z.string() }), "The key, shown this once."),
    ...problems(400, 409, 413, 415, 422),
  },
});

const revoke = createRoute({
  ...common,
  method: "delete",
  path: "/editors/{name}",
  operationId: "revokeEditor",
  summary: "Take a key away",
  request: { params: z.object({ name: z.string().max(100) }) },
  responses: { 204: { description: "Revoked." }, ...problems(404) },
});

/** Keys of the admin API. */
export function editorRoutes(ctx: Context): Api {
  const api = newApi();
  const admin = requireRole(ctx, "admin");
  api.openapi({ ...list, middleware: admin }, async (c) => c.json({ editors: await listEditors(ctx) }, 200));
  api.openapi({ ...add, middleware: [admin, atMost(100)] }, async (c) => {
    c.header("Cache-Control", "no-store");
    return c.json(await addEditor(ctx, c.req.valid("json")), 201);
  });
  api.openapi({ ...revoke, middleware: admin }, async (c) => {
    await revokeEditor(ctx, c.req.valid("param").name);
    return c.body(null, 204);
  });
  return api;
}
