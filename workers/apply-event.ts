import type { Context } from "../src/context.ts";
import { applyEvent as advance } from "../src/delivery/index.ts";
import type { JobHandler } from "../src/queue/queue.ts";

/** Applies one provider notice: `key` is the stored notice's id. */
export function applyEvent(ctx: Context): JobHandler {
  return async (key) => {
    await advance(ctx, Number(key));
    return undefined;
  };
}
