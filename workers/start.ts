import { loadRenderer } from "../emails/index.ts";
import type { Context } from "../src/context.ts";
import { JOBS, type JobName, type QueueWorker } from "../src/queue/queue.ts";
import { registry } from "./registry.ts";
import { declareSchedules } from "./schedules.ts";

/** The flushed queue's own sweep job is gone with it; this timer asks for one however the queue fares. */
const WATCH_MS = 15_000;

/** Starts working: schedules, handlers, and a first sweep for what an earlier process left. */
export async function startWorkers(ctx: Context): Promise<QueueWorker> {
  const worker = await ctx.queue.work(registry(ctx), {
    concurrency: { send: 8, work: 4, fetch: 2 },
    onError: (err, job, willRetry) => ctx.log.error({ err, job, willRetry }, "a job failed"),
  });
  const sweepNow = async () => {
    try {
      await declareSchedules(ctx);
      await ctx.queue.add({ name: "sweep", key: "rows" });
    } catch (err) {
      ctx.log.warn({ err }, "the queue is out of reach; trying again");
    }
  };
  await sweepNow();
  await loadRenderer();
  const ears = ctx.config.database.engine === "postgres" ? await hear(ctx, ctx.config.database.url) : null;
  const watch = setInterval(sweepNow, WATCH_MS);
  return {
    close: async () => {
      clearInterval(watch);
      await ears?.close();
      await worker.close();
    },
  };
}

/** Rows that processes without a queue wrote, on the database that both use: each becomes the job it asks for. */
async function hear(ctx: Context, url: string): Promise<{ close(): Promise<void> }> {
  const { listenForRows } = await import("../src/db/wake.ts");
  const onRow = async (text: string) => {
    const [name = "", key = "", priority = ""] = text.split(" ");
    const options = /^\d{1,3}$/.test(priority) ? { priority: Number(priority) } : {};
    if (Object.hasOwn(JOBS, name) && key !== "") await ctx.queue.add({ name: name as JobName, key }, options);
  };
  return listenForRows(url, onRow, ctx.log);
}
