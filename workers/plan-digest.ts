import type { Context } from "../src/context.ts";
import { planDigest as advance } from "../src/digests/index.ts";
import type { JobHandler } from "../src/queue/queue.ts";

/** Decides a digest's audience: `key` is the digest's id. */
export function planDigest(ctx: Context): JobHandler {
  return async (key) => {
    await advance(ctx, Number(key));
    return undefined;
  };
}
