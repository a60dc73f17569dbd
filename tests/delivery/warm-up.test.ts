import { afterEach, describe, expect, it } from "vitest";
import { sweepDelivery } from "../../src/delivery/index.ts";
import { secondsLeft } from "../../src/digests/estimate.ts";
import { getDigest } from "../../src/digests/index.ts";
import { requestSubscription, takeRequest } from "../../src/subscribers/index.ts";
import { plannedFor, runLanes, type Workers } from "./lanes.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const DAY_MS = 86_400_000;
/** What a test clock begins with is 9:00. */
const TO_MIDNIGHT_MS = 15 * 3_600_000;

async function warmingUp(readers: number, engine: string, workers = 1, table = "25,40"): Promise<Workers> {
  const world = await plannedFor(readers, engine, { workers, env: { WARM_UP: table } });
  closing.push(world.closeAll);
  return world;
}

const days = ({ ctx }: Workers) => ctx.db.selectFrom("warm_up_day").select(["day", "handed"]).orderBy("day").execute();

describe.each(["sqlite", "postgres"])("a domain that warms up on %s", (engine) => {
  it("hands over exactly the day's ceiling with any number of workers, a batch cut to what is left, and goes on tomorrow", async () => {
    const world = await warmingUp(200, engine, 3);
    await runLanes(world, 12);
    await runLanes(world, 12);
    expect(world.mailer.taken.size).toBe(25);
    expect(await getDigest(world.ctx, world.uid)).toMatchObject({
      status: "sending",
      counts: { submitted: 25, queued: 175 },
      waitingUntil: "2026-01-13T00:00:00.000Z",
      waitingReason: "the sending domain is warming up: the 25 messages of day 1 are used up",
    });
    world.clock.advance(TO_MIDNIGHT_MS - 1);
    await runLanes(world, 12);
    expect(world.mailer.taken.size).toBe(25);
    world.clock.advance(1);
    await runLanes(world, 12);
    await runLanes(world, 12);
    expect(world.mailer.taken.size).toBe(65);
    expect(await days(world)).toEqual([
      { day: "2026-01-12", handed: 25 },
      { day: "2026-01-13", handed: 40 },
    ]);
    world.clock.advance(DAY_MS);
    await runLanes(world, 12);
    expect([world.mailer.taken.size, [...world.mailer.taken.values()].every((times) => times === 1)]).toEqual([
      200,
      true,
    ]);
    const report = await getDigest(world.ctx, world.uid);
    expect(report).toMatchObject({ status: "sent", counts: { submitted: 200, queued: 0 } });
    expect(report.waitingUntil).toBeUndefined();
  });

  it("counts single mails and never refuses them", async () => {
    const world = await warmingUp(30, engine);
    await runLanes(world, 1);
    await requestSubscription(world.ctx, { email: "new@example.org" }, { form: "api", ip: null });
    await takeRequest(world.ctx, 1);
    await runLanes(world, 1);
    expect(world.mailer.taken.get("new@example.org")).toBe(1);
    expect(await days(world)).toEqual([{ day: "2026-01-12", handed: 26 }]);
  });

  it("counts a batch once however often it is tried, and again on another day", async () => {
    const world = await warmingUp(20, engine);
    const { send } = world.mailer;
    world.mailer.send = async () => ({ kind: "retry", reason: "503", afterMs: 1000 });
    await runLanes(world, 2);
    world.clock.advance(1000);
    await runLanes(world, 2);
    expect(await days(world)).toEqual([{ day: "2026-01-12", handed: 20 }]);
    world.clock.advance(DAY_MS);
    world.mailer.send = send;
    await runLanes(world, 2);
    expect(await days(world)).toEqual([
      { day: "2026-01-12", handed: 20 },
      { day: "2026-01-13", handed: 20 },
    ]);
    expect((await getDigest(world.ctx, world.uid)).status).toBe("sent");
  });

  it("leaves waiting batches to the sweep when their jobs are lost", async () => {
    const world = await warmingUp(60, engine);
    await runLanes(world, 1);
    world.jobs.length = 0;
    await sweepDelivery(world.ctx);
    expect(world.jobs).toEqual([]);
    world.clock.advance(TO_MIDNIGHT_MS);
    await sweepDelivery(world.ctx);
    await world.work();
    expect((await getDigest(world.ctx, world.uid)).counts).toMatchObject({ submitted: 60, queued: 0 });
  });
});

describe("what is not warmed up", () => {
  it("counts nothing and writes nothing", async () => {
    const world = await plannedFor(20, "sqlite");
    closing.push(world.closeAll);
    await runLanes(world, 2);
    expect(await days(world)).toEqual([]);
    expect((await getDigest(world.ctx, world.uid)).status).toBe("sent");
  });
});

describe("the time left", () => {
  const NOW = Date.UTC(2026, 0, 12, 9);
  const warmUp = { day: 1, ceiling: 150, handed: 100, next: [250, 400], nextAt: NOW + TO_MIDNIGHT_MS };
  it.each([
    ["is the rest at the pace", 100, 10, null, 10],
    ["is unknown without a pace", 100, null, null, null],
    ["is nothing when nothing is left", 0, null, null, 0],
    ["stays within today where today is enough", 50, 10, warmUp, 5],
    ["goes over night where today is not", 300, 10, warmUp, 15 * 3600 + 25],
    ["goes over two nights", 350, 10, warmUp, 39 * 3600 + 5],
    ["ends with the table", 750, 10, warmUp, 63 * 3600 + 5],
    ["is that of the nights without a pace", 300, null, warmUp, 15 * 3600],
  ])("%s", (_, queued, pace, today, expected) => {
    expect(secondsLeft(queued, pace, today, NOW)).toBe(expected);
  });
});
