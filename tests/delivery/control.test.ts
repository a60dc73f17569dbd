import { afterEach, describe, expect, it } from "vitest";
import { cancelDigest, getDigest, pauseDigest, resumeDigest } from "../../src/digests/index.ts";
import { plannedFor, runLanes, type Workers } from "./lanes.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const LANES = 12;
const READERS = 600;

async function underWay(engine: string): Promise<Workers> {
  const world = await plannedFor(READERS, engine, { workers: 3 });
  closing.push(world.closeAll);
  return world;
}

/** Does `act` once so many batches were taken, with all lanes at work; gives what was taken when it returned. */
async function inTheMiddle(world: Workers, act: () => Promise<unknown>): Promise<number> {
  let begun = 0;
  let takenThen = Number.NaN;
  let acting: Promise<unknown> | null = null;
  world.mailer.before = async () => {
    begun += 1;
    if (begun !== 20) return;
    acting = act().then(() => {
      takenThen = world.mailer.sizes.length;
    });
  };
  await runLanes(world, LANES);
  await acting;
  world.mailer.before = async () => undefined;
  return takenThen;
}

const once = ({ mailer }: Workers) => [...mailer.taken.values()].every((times) => times === 1);

describe.each(["sqlite", "postgres"])("with %s and twelve lanes of three workers", (engine) => {
  it("a pause lets each lane end the hand-over that it has begun, and resuming sends exactly the rest", async () => {
    const world = await underWay(engine);
    const takenThen = await inTheMiddle(world, () => pauseDigest(world.ctx, world.uid));
    expect(world.mailer.sizes.length - takenThen).toBeLessThanOrEqual(LANES);
    expect(world.mailer.sizes.length).toBeLessThan(READERS / 10);
    expect(await getDigest(world.ctx, world.uid)).toMatchObject({
      status: "paused",
      counts: { submitted: world.mailer.taken.size, queued: READERS - world.mailer.taken.size },
    });
    await runLanes(world, LANES);
    expect(world.mailer.sizes.length).toBeLessThan(READERS / 10);

    await resumeDigest(world.ctx, world.uid);
    await runLanes(world, LANES);
    expect([world.mailer.taken.size, once(world)]).toEqual([READERS, true]);
    expect(await getDigest(world.ctx, world.uid)).toMatchObject({
      status: "sent",
      counts: { submitted: READERS, queued: 0 },
    });
  });

  it("a cancelled digest lets each lane end what it has begun, and the rest is skipped and told next time", async () => {
    const world = await underWay(engine);
    const takenThen = await inTheMiddle(world, () => cancelDigest(world.ctx, world.uid));
    expect(world.mailer.sizes.length - takenThen).toBeLessThanOrEqual(LANES);
    const { size } = world.mailer.taken;
    expect([size < READERS, once(world)]).toEqual([true, true]);
    await world.work();
    const report = await getDigest(world.ctx, world.uid);
    expect(report).toMatchObject({
      status: "cancelled",
      counts: { submitted: size, skipped: READERS - size, queued: 0, unknown: 0 },
      skippedBecause: { cancelled: READERS - size },
    });
    const places = await world.ctx.db
      .selectFrom("subscriber")
      .innerJoin("delivery", "delivery.subscriber_id", "subscriber.id")
      .select(["delivery.status", "subscriber.watermark"])
      .distinct()
      .orderBy("delivery.status")
      .execute();
    expect(places).toEqual([
      { status: "skipped", watermark: 0 },
      { status: "submitted", watermark: 3 },
    ]);
  });

  it("a hand-over that the provider refused for now when its digest was cancelled is skipped, not unknown", async () => {
    const world = await plannedFor(10, engine);
    closing.push(world.closeAll);
    const { send } = world.mailer;
    world.mailer.send = async () => {
      await cancelDigest(world.ctx, world.uid);
      return { kind: "retry", reason: "429: later", afterMs: 1000 };
    };
    await runLanes(world, 1);
    world.mailer.send = send;
    world.clock.advance(2000);
    await runLanes(world, 1);
    expect(world.mailer.taken.size).toBe(0);
    expect((await getDigest(world.ctx, world.uid)).counts).toMatchObject({ queued: 0, unknown: 0, skipped: 10 });
    const places = await world.ctx.db.selectFrom("subscriber").select("watermark").distinct().execute();
    expect(places).toEqual([{ watermark: 0 }]);
  });
});
