import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { deliverBatch } from "../../src/delivery/index.ts";
import { draftDigest, getDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import { createBullQueue } from "../../src/queue/bullmq.ts";
import { createMemoryQueue } from "../../src/queue/memory.ts";
import type { JobHandler, Queue } from "../../src/queue/queue.ts";
import { handlersOf, workOptions } from "../contracts/queue-handlers.ts";
import { articlePage } from "../support/article-page.ts";
import { startChild } from "../support/child.ts";
import { startInstallation } from "../support/installation.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl, freshRedisUrl } from "../support/services/fresh.ts";
import { stageDigest } from "./stage.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const onError = () => undefined;
const prefix = () => `t${randomBytes(4).toString("hex")}`;
const open: Record<string, () => Promise<Queue>> = {
  memory: async () => createMemoryQueue(),
  redis: async () => createBullQueue({ driver: "redis", url: await freshRedisUrl(inject), prefix: prefix(), onError }),
  postgres: async () =>
    createBullQueue({ driver: "postgres", url: await freshDatabaseUrl(inject), prefix: prefix(), onError }),
};

describe("a confirmation", () => {
  it.each(Object.keys(open))(
    "is handed over next although 500 batches of a digest wait for the limit, on %s",
    async (driver) => {
      const queue = (await open[driver]?.()) as Queue;
      closing.push(queue.close);
      const ran: string[] = [];
      const note: JobHandler = async (key) => {
        ran.push(key);
        return undefined;
      };
      const batches = Array.from({ length: 500 }, (_, place) => ({
        name: "deliver-batch" as const,
        key: `digest ${place}`,
      }));
      await queue.limit("send", 2, 1000);
      await queue.addMany(batches);
      await queue.work(handlersOf({ "deliver-batch": note }), workOptions());
      await vi.waitFor(() => expect(ran.length).toBeGreaterThanOrEqual(2), { timeout: 10_000, interval: 5 });
      const before = ran.length;
      await queue.add({ name: "deliver-batch", key: "confirmation" }, { priority: 1 });
      await vi.waitFor(() => expect(ran).toContain("confirmation"), { timeout: 10_000, interval: 5 });
      expect(ran.indexOf("confirmation") - before).toBeLessThanOrEqual(1);
    },
    30_000,
  );
});

describe("the provider's limit", () => {
  it("is told to the queue once, until it changes, and refusals tell it too", async () => {
    const world = await stageDigest(400, { settings: { rateLimit: { max: 5, perMs: 1000 } } });
    closing.push(world.close);
    const told: [string, number, number][] = [];
    world.ctx.queue.limit = async (lane, max, perMs) => {
      told.push([lane, max, perMs]);
    };
    await planDigest(world.ctx, 1);
    await deliverBatch(world.ctx, 1);
    await deliverBatch(world.ctx, 2);
    expect(told).toEqual([["send", 5, 1000]]);
    world.resend.faults.next({
      kind: "status",
      status: 429,
      name: "rate_limit_exceeded",
      headers: { "ratelimit-limit": "2", "ratelimit-policy": "2;w=1", "retry-after": "1" },
    });
    expect(await deliverBatch(world.ctx, 3)).toEqual({ throttle: 1000 });
    expect(told).toEqual([
      ["send", 5, 1000],
      ["send", 2, 1000],
    ]);
  });
});

describe("three worker processes at a limit of two requests a second", () => {
  it("share it over Redis, and meet hardly a refusal", async () => {
    const resend = await startResendDouble({ rateLimit: { max: 2, perMs: 1000 } });
    closing.push(resend.close);
    const run = await startInstallation("postgres", "redis", {
      RESEND_API_KEY: "re_test",
      RESEND_BASE_URL: resend.url,
      MAIL_FROM: "letters@example.org",
    });
    closing.push(run.close);
    const queue = await createBullQueue({ driver: "redis", url: run.env.QUEUE_URL ?? "", onError });
    const ctx = await run.open({ queue });
    closing.push(ctx.close);
    await queue.limit("send", 2, 1000);
    await addReaders(ctx, manyAddresses(1200));
    await takeIn(ctx, { html: articlePage(), url: "https://calm.example/morning-light" });
    const { uid } = await draftDigest(ctx, {});
    await sendDigest(ctx, uid);
    const workers = [1, 2, 3].map(() => startChild("workers/main.ts", run.env));
    closing.push(() => Promise.all(workers.map((worker) => worker.kill("SIGTERM"))));
    await vi.waitFor(async () => expect((await getDigest(ctx, uid)).status).toBe("sent"), {
      timeout: 90_000,
      interval: 200,
    });
    expect(resend.counts()).toMatchObject({ taken: 12, accepted: 1200, duplicated: 0 });
    expect(resend.counts().answers["429"] ?? 0).toBeLessThanOrEqual(2);
  }, 120_000);
});
