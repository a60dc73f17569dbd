import type { AddressInfo } from "node:net";
import { serve } from "@hono/node-server";
import { Hono } from "hono";
import { createApp } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import { openContext } from "../../src/open-context.ts";
import { startWorkers } from "../../workers/start.ts";
import { peakRssMb } from "./benchmark.ts";

/** The whole platform as a process of its own, and beside it a route that only inserts a row into the same database. */
const ctx = await openContext();
const worker = await startWorkers(ctx);
const app = new Hono().post("/bare", async (c) => {
  await ctx.db
    .insertInto("rate_hit")
    .values(await bareRow(c.req.json()))
    .execute();
  return c.json({ status: "pending" }, 202);
});
app.route("/", createApp(ctx));
const server = serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" });
server.once("listening", () => process.send?.({ port: (server.address() as AddressInfo).port }));
process.on("message", async () => process.send?.(await report(ctx)));
process.once("disconnect", async () => {
  server.close();
  await worker.close();
  await ctx.close();
});

async function bareRow(body: Promise<{ email: string }>) {
  return { key: (await body).email, at: ctx.clock() };
}

/** How far the workers are with what was signed up. */
async function report({ db, engine }: Context) {
  const count = async (table: "subscription_request" | "captured_mail") =>
    Number(
      (
        await db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll<number>().as("n"))
          .executeTakeFirstOrThrow()
      ).n,
    );
  return {
    waiting: await count("subscription_request"),
    mails: await count("captured_mail"),
    databaseBytes: await engine.size(db),
    peakRssMb: peakRssMb(),
  };
}
