import { createRoute } from "@hono/zod-openapi";
import type { Context } from "../../context.ts";
import { followDigests } from "../follow-digests.ts";
import { requireRole } from "./auth.ts";
import { IdPath, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";

const progress = createRoute({
  method: "get",
  path: "/digests/{id}/progress",
  operationId: "watchDigest",
  tags: ["Digests"],
  summary: "Follow a digest as server-sent events",
  description:
    "An event `progress` with the digest as JSON at once and whenever it changes, at most each second; a comment where nothing changes for 15 seconds. Ends with an event `end` when the digest is sent or cancelled; who connects again with its id as `Last-Event-ID` is answered 204, on which an `EventSource` stops.",
  security,
  request: { params: IdPath },
  responses: {
    200: { description: "The stream.", content: { "text/event-stream": { schema: z.string() } } },
    204: { description: "The digest is at rest, and its last event was received." },
    ...problems(404),
  },
});

/** Progress of digests as it happens. */
export function progressRoutes(ctx: Context): Api {
  const api = newApi();
  const follow = followDigests(ctx, (report) => report);
  api.openapi({ ...progress, middleware: requireRole(ctx, "viewer") }, (c) => follow(c, c.req.valid("param").id));
  return api;
}
