import type { Context } from "../src/context.ts";
import type { JobHandler } from "../src/queue/queue.ts";
import { pollSource as advance } from "../src/sources/index.ts";

/** Takes one source a step further: `key` is the source's id. */
export function pollSource(ctx: Context): JobHandler {
  return async (key) => advance(ctx, Number(key));
}
