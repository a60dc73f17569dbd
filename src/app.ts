import { Hono, type Context as Http } from "hono";
import { methodNotAllowed } from "hono/method-not-allowed";
import { requestId } from "hono/request-id";
import type { Context } from "./context.ts";
import { answerDeskError, isDesk } from "./http/admin/error-page.tsx";
import { createDesk } from "./http/admin/index.ts";
import { createDocs } from "./http/api/docs.tsx";
import { createApi } from "./http/api/index.ts";
import { answerErrorPage } from "./http/error-page.tsx";
import { createMailbox } from "./http/mailbox/index.ts";
import { createOps } from "./http/ops.ts";
import { answerProblem, type Failure, failure, failureOf, isForPrograms } from "./http/problem.ts";
import { createReaderPages } from "./http/public/index.ts";
import { requestLog, requestOf } from "./http/request-log.ts";
import { securityHeaders } from "./http/security.ts";
import { createWebhooks } from "./http/webhooks.ts";

/** The whole HTTP surface over one context, for Node and for Workers: doors, headers, and one handling of errors. */
export function createApp(ctx: Context): Hono {
  const app = new Hono();
  app.use(requestId({ headerName: "X-Request-Id", generator: ctx.newId }));
  app.use(requestLog(ctx));
  app.use(securityHeaders(ctx));
  app.use(methodNotAllowed({ app, onMethodNotAllowed: (c, methods) => answerMethod(c, ctx, methods) }));
  app.route("/api/v1", createApi(ctx));
  app.route("/webhooks", createWebhooks(ctx));
  app.route("/", createOps(ctx));
  app.route("/", createDocs(ctx));
  if (ctx.mailer.driver === "capture") app.route("/mailbox", createMailbox(ctx));
  app.route("/admin", createDesk(ctx));
  app.route("/", createReaderPages(ctx));
  app.notFound((c) => answer(c, ctx, failure(404, "There is nothing at this address.")));
  app.onError((error, c) => {
    const found = failureOf(error);
    if (found.status === 500) ctx.log.error({ ...requestOf(c), err: error }, "a request failed");
    return answer(c, ctx, found);
  });
  return app;
}

/** A path that exists, asked in a way it does not take: told what it takes (RFC 9110, 15.5.6 and 9.3.7). */
function answerMethod(c: Http, ctx: Context, methods: string[]): Response | Promise<Response> {
  const allow = { Allow: [...methods, "OPTIONS"].join(", ") };
  if (c.req.method === "OPTIONS") return c.body(null, 204, allow);
  return answer(c, ctx, failure(405, `This address takes ${methods.join(", ")}.`, allow));
}

function answer(c: Http, ctx: Context, found: Failure): Response | Promise<Response> {
  if (isForPrograms(c.req.path)) return answerProblem(c, found);
  return isDesk(c.req.path) ? answerDeskError(c, ctx, found) : answerErrorPage(c, ctx, found);
}
