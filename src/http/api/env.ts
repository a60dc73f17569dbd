import { OpenAPIHono, z } from "@hono/zod-openapi";
import type { Editor } from "../../editors/index.ts";
import { InvalidError } from "../../errors.ts";

/** What a request of the admin API carries from one step to the next. */
export interface ApiEnv {
  Variables: { editor: Editor };
}

export type Api = OpenAPIHono<ApiEnv>;

/** A part of the API: what does not fit a route's schema ends as `InvalidError` with each field and what it expects. */
export function newApi(): Api {
  return new OpenAPIHono<ApiEnv>({
    defaultHook: (result) => {
      if (result.success) return;
      const errors = result.error.issues.map(({ path, message }) => ({
        field: path.join(".") || "body",
        text: message,
      }));
      throw new InvalidError("The request is not as expected.", errors);
    },
  });
}

export { z };
