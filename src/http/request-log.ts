import type { Context as Http, MiddlewareHandler } from "hono";
import { matchedRoutes } from "hono/route";
import type { Context } from "../context.ts";

/** One line a request. It names the route's pattern, never the path: paths carry tokens. */
export function requestLog(ctx: Context): MiddlewareHandler {
  return async (c, next) => {
    const start = performance.now();
    await next();
    const ms = Math.round((performance.now() - start) * 10) / 10;
    ctx.log.info({ ...requestOf(c), status: c.res.status, ms }, "request");
  };
}

/** What a log line may say about a request. */
export function requestOf(c: Http) {
  return { requestId: c.get("requestId"), method: c.req.method, route: patternOf(c) };
}

function patternOf(c: Http): string {
  const patterns = matchedRoutes(c).map((route) => route.path);
  return patterns.findLast((path) => !path.endsWith("*")) ?? "unmatched";
}
