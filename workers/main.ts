import { InvalidError } from "../src/errors.ts";
import { openContext } from "../src/open-context.ts";
import { runUntilStopped } from "../src/run-until-stopped.ts";
import { startWorkers } from "./start.ts";

/** The workers as a process of their own. */
await runUntilStopped(async () => {
  const ctx = await openContext();
  if (ctx.queue.driver === "memory") throw new InvalidError("QUEUE_URL: required for workers apart from the server");
  const worker = await startWorkers(ctx);
  ctx.log.info({ queue: ctx.queue.driver, database: ctx.engine.name }, "working");
  return async () => {
    await worker.close();
    await ctx.close();
  };
});
