import { createRoute } from "@hono/zod-openapi";
import { cors } from "hono/cors";
import type { Context } from "../../context.ts";
import { requestSubscription, SubscriptionRequest } from "../../subscribers/index.ts";
import { listTopics } from "../../topics/index.ts";
import { clientIp } from "../security.ts";
import { atMost } from "./body.ts";
import { json, jsonBody, publicProblems } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";

const subscribe = createRoute({
  method: "post",
  path: "/subscriptions",
  operationId: "requestSubscription",
  tags: ["Readers"],
  summary: "Ask for a subscription",
  description:
    "Answers the same, in the same time, whatever is known of the address. The reader confirms by the mail that follows.",
  request: { body: jsonBody(SubscriptionRequest) },
  responses: {
    202: json(z.object({ status: z.literal("pending") }), "Taken in."),
    ...publicProblems(400, 413, 415, 422, 429),
  },
});

const Topic = z.object({ slug: z.string(), name: z.string(), group: z.string() });

const topics = createRoute({
  method: "get",
  path: "/topics",
  operationId: "listTopics",
  tags: ["Readers"],
  summary: "The topics that readers choose from",
  responses: { 200: json(z.object({ topics: z.array(Topic) }), "In the site's own order.") },
});

/** What a publisher's own pages call from the reader's browser: open to the configured sites by CORS. */
export function subscriptionRoutes(ctx: Context): Api {
  const api = newApi();
  const allowed = cors({
    origin: ctx.config.site.origins,
    allowMethods: ["GET", "POST"],
    allowHeaders: ["Content-Type"],
    maxAge: 86_400,
  });
  api.use("/subscriptions", allowed, atMost(100));
  api.use("/topics", allowed);
  api.openapi(subscribe, async (c) => {
    const input = c.req.valid("json");
    const form = input.source?.startsWith("embed") ? "embed" : "api";
    return c.json(await requestSubscription(ctx, input, { form, ip: clientIp(c, ctx) }), 202);
  });
  api.openapi(topics, async (c) => {
    const rows = await listTopics(ctx.db);
    return c.json({ topics: rows.map(({ slug, name, group_name }) => ({ slug, name, group: group_name })) }, 200);
  });
  return api;
}
