import { createRoute } from "@hono/zod-openapi";
import type { Context } from "../../context.ts";
import { listUnknown, UNKNOWN_DECISIONS, type Unknown } from "../../delivery/index.ts";
import { decideUnknown } from "../../digests/index.ts";
import { requireRole } from "./auth.ts";
import { atMost } from "./body.ts";
import { IdPath, json, jsonBody, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";

const Time = z.iso.datetime();

const UnknownShape = z
  .object({
    id: z.string(),
    kind: z.string(),
    digest: z.string().nullable().openapi({ description: "null: a single mail" }),
    digestStatus: z.string().nullable(),
    count: z.number().int().openapi({ description: "messages whose outcome is still not known" }),
    reason: z.string().openapi({ description: "what the provider or the network last said, without addresses" }),
    transport: z.string().nullable(),
    since: Time.nullable().openapi({ description: "the first attempt of unknown outcome" }),
    givenUpAt: Time.nullable().openapi({ description: "when asking again stopped being safe" }),
  })
  .openapi("Unknown");

const Decision = z.object({
  decision: z.enum(UNKNOWN_DECISIONS).openapi({
    description:
      "count-as-sent: nobody gets it twice, some may have missed it; send-again: nobody misses it, some may get it twice",
  }),
});

const common = { tags: ["Operations"], security };

const list = createRoute({
  ...common,
  method: "get",
  path: "/unknown",
  operationId: "listUnknown",
  summary: "Messages of which nobody knows whether the provider took them, oldest first",
  description: "They are never sent again by themselves. A notice of the provider may still settle any of them.",
  responses: { 200: json(z.object({ unknown: z.array(UnknownShape) }), "What waits for a person."), ...problems() },
});

const decide = createRoute({
  ...common,
  method: "post",
  path: "/unknown/{id}",
  operationId: "decideUnknown",
  summary: "Decide what becomes of messages of unknown outcome",
  description:
    "Concerns those of the batch that are still unknown. Sent again they go under a new key, without readers who left meanwhile. The same decision twice answers the same and does nothing.",
  request: { params: IdPath, body: jsonBody(Decision) },
  responses: {
    200: json(Decision.extend({ count: z.number().int() }), "Done to so many messages."),
    ...problems(400, 404, 409, 413, 415, 422),
  },
});

/** What a person decides about unknown outcomes. */
export function unknownRoutes(ctx: Context): Api {
  const api = newApi();
  api.openapi({ ...list, middleware: requireRole(ctx, "viewer") }, async (c) =>
    c.json({ unknown: (await listUnknown(ctx)).map(toShape) }, 200),
  );
  api.openapi({ ...decide, middleware: [requireRole(ctx, "editor"), atMost(100)] }, async (c) => {
    const { decision } = c.req.valid("json");
    const by = String(c.get("editor").id ?? "bootstrap");
    return c.json(await decideUnknown(ctx, c.req.valid("param").id, { decision, by }), 200);
  });
  return api;
}

function toShape(unknown: Unknown): z.infer<typeof UnknownShape> {
  return { ...unknown, since: time(unknown.since), givenUpAt: time(unknown.givenUpAt) };
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
