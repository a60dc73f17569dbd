import type { Context } from "../src/context.ts";
import { deliverBatch as advance } from "../src/delivery/index.ts";
import type { JobHandler } from "../src/queue/queue.ts";

/** Hands over one batch: `key` is the batch's id. */
export function deliverBatch(ctx: Context): JobHandler {
  return async (key) => advance(ctx, Number(key));
}
