import { postAlert as advance } from "../src/alerts/index.ts";
import type { Context } from "../src/context.ts";
import type { JobHandler } from "../src/queue/queue.ts";

/** Tells the alert webhook of one alert: `key` is the alert's id. */
export function postAlert(ctx: Context): JobHandler {
  return async (key) => {
    await advance(ctx, Number(key));
    return undefined;
  };
}
