import { serve } from "@hono/node-server";
import { startWorkers } from "../workers/start.ts";
import { createApp } from "./app.ts";
import { UnavailableError } from "./errors.ts";
import { nodeConfig, openContext } from "./open-context.ts";
import { runUntilStopped } from "./run-until-stopped.ts";
import { welcomeLines } from "./welcome-lines.ts";

/** The whole platform in one process: pages, API and, unless they run apart, the workers. */
await runUntilStopped(async () => {
  const config = nodeConfig();
  const ctx = await openContext(config);
  const worker = config.workers === "inside" ? await startWorkers(ctx) : null;
  const server = serve({
    fetch: createApp(ctx).fetch,
    port: config.port,
    ...(config.host === null ? {} : { hostname: config.host }),
  });
  await new Promise<void>((resolve, reject) => {
    server.once("listening", resolve);
    server.once("error", (cause) =>
      reject(new UnavailableError(`PORT, HOST: cannot listen: ${cause.message}`, { cause })),
    );
  });
  for (const line of welcomeLines(ctx)) console.log(line);
  return async () => {
    await new Promise<void>((resolve) => {
      server.close(() => resolve());
      if ("closeIdleConnections" in server) server.closeIdleConnections();
    });
    await worker?.close();
    await ctx.close();
  };
});
