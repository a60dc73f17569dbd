import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, inject, it, vi } from "vitest";
import { deliverBatch } from "../../src/delivery/index.ts";
import { planDigest } from "../../src/digests/index.ts";
import { createBullQueue } from "../../src/queue/bullmq.ts";
import { createMemoryQueue } from "../../src/queue/memory.ts";
import type { JobHandler, Queue } from "../../src/queue/queue.ts";
import { handlersOf, workOptions } from "../contracts/queue-handlers.ts";
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
