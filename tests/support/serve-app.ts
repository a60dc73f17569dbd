import { serve } from "@hono/node-server";
import type { Hono } from "hono";

/** An app behind a free port of 127.0.0.1. */
export async function serveApp(app: Pick<Hono, "fetch">): Promise<{ base: string; close(): Promise<unknown> }> {
  const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
  await new Promise((resolve) => server.once("listening", resolve));
  const address = server.address();
  return {
    base: `http://127.0.0.1:${typeof address === "object" && address ? address.port : 0}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
