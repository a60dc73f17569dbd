import type { Context } from "../../context.ts";
import { newApi } from "./env.ts";
import { createApi } from "./index.ts";
import { describeOtherPaths } from "./other-paths.ts";

const ABOUT = `The admin API takes an API key: \`Authorization: Bearer KEY\`. Errors are RFC 9457 problems. Lists are read page by
page: give the \`next\` of one page as the \`cursor\` of the following request. Times are RFC 3339 in UTC. Fields may be added at
any time; unknown ones are ignored.`;

export type Document = ReturnType<typeof describeApi>;

/** The OpenAPI 3.1 document, made from the very schemas that requests are checked against. */
export function describeApi(ctx: Context) {
  const app = newApi();
  app.route("/api/v1", createApi(ctx));
  describeOtherPaths(app);
  app.openAPIRegistry.registerComponent("securitySchemes", "key", { type: "http", scheme: "bearer" });
  return app.getOpenAPI31Document({
    openapi: "3.1.0",
    info: { title: `${ctx.config.site.name} Newsletter`, version: "1", description: ABOUT.replaceAll("\n", " ") },
    servers: [{ url: ctx.config.publicUrl }],
  });
}
