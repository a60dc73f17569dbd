import type { Context } from "../src/context.ts";
import { buildDue } from "../src/digests/index.ts";
import { remindOfReviews } from "../src/editors/index.ts";
import type { JobHandler } from "../src/queue/queue.ts";

/** Builds what the calendar and new events owe readers, and what the month owes editors. The key only tells who asked. */
export function buildDigests(ctx: Context): JobHandler {
  return async () => {
    await buildDue(ctx);
    await remindOfReviews(ctx);
    return undefined;
  };
}
