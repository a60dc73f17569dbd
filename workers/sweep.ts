import { sweepAlerts } from "../src/alerts/index.ts";
import type { Context } from "../src/context.ts";
import { sweepDelivery } from "../src/delivery/index.ts";
import { purgeSchedule, sweepDigests } from "../src/digests/index.ts";
import type { JobHandler } from "../src/queue/queue.ts";
import { sweepSources } from "../src/sources/index.ts";
import { purge, sweepRequests } from "../src/subscribers/index.ts";
import { declareSchedules } from "./schedules.ts";

/** `rows`: nudges every row that no job looks after, and declares the schedules again. `purge`: forgets what is stale. */
export function sweep(ctx: Context): JobHandler {
  return async (key) => {
    if (key === "purge") {
      await purge(ctx);
      await purgeSchedule(ctx);
      return undefined;
    }
    await declareSchedules(ctx);
    await sweepRequests(ctx);
    await sweepDigests(ctx);
    await sweepDelivery(ctx);
    await sweepSources(ctx);
    await sweepAlerts(ctx);
    return undefined;
  };
}
