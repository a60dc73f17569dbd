import type { Context } from "../src/context.ts";
import type { JobHandler } from "../src/queue/queue.ts";
import { takeRequest as advance } from "../src/subscribers/index.ts";

/** Applies one sign-up: `key` is the request's id. */
export function takeRequest(ctx: Context): JobHandler {
  return async (key) => {
    await advance(ctx, Number(key));
    return undefined;
  };
}
