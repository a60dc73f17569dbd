import { createRoute } from "@hono/zod-openapi";
import { streamSSE } from "hono/streaming";
import type { Context } from "../../context.ts";
import { type DigestReport, getDigest } from "../../digests/index.ts";
import { requireRole } from "./auth.ts";
import { IdPath, problems, security } from "./describe.ts";
import { type Api, newApi, z } from "./env.ts";

const LOOK_MS = 500;
/** Proxies drop connections that are silent for long. */
const SILENCE_MS = 14_000;

const progress = createRoute({
  method: "get",
  path: "/digests/{id}/progress",
  operationId: "watchDigest",
  tags: ["Digests"],
  summary: "Follow a digest as server-sent events",
  description:
    "An event `progress` with the digest as JSON whenever it changes, and at least every 15 seconds. Ends when the digest is sent or cancelled.",
  security,
  request: { params: IdPath },
  responses: {
    200: { description: "The stream.", content: { "text/event-stream": { schema: z.string() } } },
    ...problems(404),
  },
});

/** Progress of digests as it happens. */
export function progressRoutes(ctx: Context): Api {
  const api = newApi();
  api.openapi({ ...progress, middleware: requireRole(ctx, "viewer") }, async (c) => {
    const { id } = c.req.valid("param");
    const first = await getDigest(ctx, id);
    c.header("X-Accel-Buffering", "no");
    return streamSSE(c, async (stream) => {
      await follow(ctx, first, {
        write: (report) => stream.writeSSE({ event: "progress", data: JSON.stringify(report) }),
        wait: () => stream.sleep(LOOK_MS),
        isOver: () => stream.aborted || stream.closed,
      });
    });
  });
  return api;
}

interface Listener {
  write(report: DigestReport): Promise<void>;
  wait(): Promise<unknown>;
  isOver(): boolean;
}

async function follow(ctx: Context, first: DigestReport, listener: Listener): Promise<void> {
  let report = first;
  let [told, toldAt] = ["", 0];
  while (!listener.isOver()) {
    const state = stateOf(report);
    if (state !== told || performance.now() - toldAt >= SILENCE_MS) {
      await listener.write(report);
      [told, toldAt] = [state, performance.now()];
    }
    if (report.status === "sent" || report.status === "cancelled") return;
    await listener.wait();
    report = await getDigest(ctx, report.id);
  }
}

/** What counts as a change: the estimates move with the clock alone. */
function stateOf({ status, reason, counts, plannedAt }: DigestReport): string {
  return JSON.stringify({ status, reason, counts, plannedAt });
}
