import { afterEach, describe, expect, it } from "vitest";
import { getDigest, pauseDigest, resumeDigest } from "../../src/digests/index.ts";
import { plannedFor, runLanes } from "./lanes.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

describe.each(["sqlite", "postgres"])("the pace of a digest on %s", (engine) => {
  it("is that of the last minute, and neither a pause nor a standstill before it counts", async () => {
    const world = await plannedFor(600, engine);
    closing.push(world.closeAll);
    let atMost = 20;
    world.mailer.before = async () => {
      world.clock.advance(2000);
      if (world.mailer.sizes.length + 1 === atMost) await pauseDigest(world.ctx, world.uid);
    };
    const report = () => getDigest(world.ctx, world.uid);
    expect((await report()).perSecond).toBeUndefined();
    await runLanes(world, 1);
    expect(await report()).toMatchObject({ status: "paused", counts: { submitted: 200 } });
    expect((await report()).perSecond).toBeUndefined();

    world.clock.advance(3_600_000);
    await resumeDigest(world.ctx, world.uid);
    atMost = -1;
    const { before } = world.mailer;
    let middle: Awaited<ReturnType<typeof report>> | undefined;
    world.mailer.before = async () => {
      await before();
      if (world.mailer.sizes.length === 39) middle = await report();
    };
    await runLanes(world, 1);
    expect(middle).toMatchObject({ status: "sending", perSecond: 4.8, counts: { queued: 210 } });
    expect(middle?.secondsLeft).toBe(Math.ceil(210 / (190 / 40)));
  });

  it("keeps a few marks however many batches there are", async () => {
    const world = await plannedFor(600, engine);
    closing.push(world.closeAll);
    world.mailer.before = async () => world.clock.advance(10_000);
    await runLanes(world, 1);
    const marks = await world.ctx.db.selectFrom("digest_pace").select("handed").execute();
    expect(marks.length).toBeLessThanOrEqual(13);
  });
});
