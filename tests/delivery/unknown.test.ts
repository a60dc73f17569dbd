import { afterEach, describe, expect, it } from "vitest";
import { deliverBatch, listUnknown, recordEvent, sweepDelivery } from "../../src/delivery/index.ts";
import { cancelDigest, decideUnknown, getDigest, planDigest } from "../../src/digests/index.ts";
import type { ProviderEvent } from "../../src/mail/provider-event.ts";
import { manyAddresses } from "../support/readers.ts";
import { countsOf, stageDigest, type World } from "./stage.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const DAY = 86_400_000;
const by = "bootstrap";

/** A digest for so many readers whose only batch got no answer, until the key was forgotten. */
async function notKnown(count: number, engine: string, fault: "reset" | "resetBefore" = "resetBefore"): Promise<World> {
  const world = await stageDigest(count, { engine });
  closing.push(world.close);
  await planDigest(world.ctx, 1);
  world.resend.faults.next({ kind: fault });
  await deliverBatch(world.ctx, 1);
  world.clock.advance(DAY);
  await world.work();
  return world;
}

const delivered = (world: World, id: number): ProviderEvent => ({
  id: `msg_${id}_${Math.random()}`,
  kind: "delivered",
  at: world.clock(),
  providerId: `p${id}`,
  tags: { digest: world.uid, delivery: `d${id}` },
  detail: null,
});

const only = async ({ ctx }: World) => (await listUnknown(ctx))[0] ?? expect.fail("nothing waits");
const decisions = ({ ctx }: World) => ctx.db.selectFrom("unknown_decision").selectAll().execute();

describe.each(["sqlite", "postgres"])("messages of unknown outcome, on %s", (engine) => {
  it("wait for a person with what happened, since when, of how many and what was said", async () => {
    const world = await notKnown(3, engine);
    expect(await only(world)).toMatchObject({
      kind: "digest",
      digest: world.uid,
      digestStatus: "sent",
      count: 3,
      transport: "resend",
      since: world.clock() - DAY,
      givenUpAt: world.clock(),
    });
    await sweepDelivery(world.ctx);
    await world.work();
    expect(world.resend.counts()).toMatchObject({ requests: 1, accepted: 0 });
  });

  it("counted as sent are sent to nobody again, and the editor is noted", async () => {
    const world = await notKnown(3, engine);
    const { id } = await only(world);
    expect(await decideUnknown(world.ctx, id, { decision: "count-as-sent", by })).toEqual({
      decision: "count-as-sent",
      count: 3,
    });
    await world.work();
    expect(await countsOf(world)).toMatchObject({ submitted: 3, unknown: 0, queued: 0 });
    expect(world.resend.counts().requests).toBe(1);
    expect(await listUnknown(world.ctx)).toEqual([]);
    expect(await decisions(world)).toMatchObject([
      { uid: id, decision: "count-as-sent", count: 3, decided_by: by, decided_at: world.clock() },
    ]);
  });

  it("sent again go to those still unknown under a new key, without who left or was settled meanwhile", async () => {
    const world = await notKnown(4, engine);
    const { id } = await only(world);
    await recordEvent(world.ctx, delivered(world, 2));
    await world.work();
    await world.ctx.db.updateTable("subscriber").set({ status: "unsubscribed" }).where("id", "=", 3).execute();
    expect(await decideUnknown(world.ctx, id, { decision: "send-again", by })).toMatchObject({ count: 3 });
    expect((await getDigest(world.ctx, world.uid)).status).toBe("sending");
    await recordEvent(world.ctx, delivered(world, 4));
    world.jobs.reverse();
    await world.work();
    expect(manyAddresses(4).map(world.resend.acceptedFor)).toEqual([1, 0, 0, 0]);
    expect(await countsOf(world)).toMatchObject({ submitted: 1, delivered: 2, skipped: 1, unknown: 0, queued: 0 });
    expect((await getDigest(world.ctx, world.uid)).status).toBe("sent");
  });

  it("decided twice are decided once, and otherwise not at all", async () => {
    const world = await notKnown(5, engine);
    const { id } = await only(world);
    const twice = await Promise.all([1, 2, 3].map(() => decideUnknown(world.ctx, id, { decision: "send-again", by })));
    expect(twice).toEqual([1, 2, 3].map(() => ({ decision: "send-again", count: 5 })));
    await world.work();
    for (const address of manyAddresses(5)) expect(world.resend.acceptedFor(address)).toBe(1);
    await expect(decideUnknown(world.ctx, id, { decision: "count-as-sent", by })).rejects.toThrow(/decided before/);
    await expect(decideUnknown(world.ctx, "nothing", { decision: "send-again", by })).rejects.toThrow(/no such/);
    expect(await decisions(world)).toHaveLength(1);
  });

  it("settle rightly whichever comes first, notices or the decision", async () => {
    for (const decision of ["count-as-sent", "send-again"] as const) {
      const world = await notKnown(20, engine, "reset");
      const { id } = await only(world);
      for (let place = 1; place <= 20; place += 1) await recordEvent(world.ctx, delivered(world, place));
      const jobs = world.jobs.splice(0, 10);
      const { registry } = await import("../../workers/registry.ts");
      const apply = registry(world.ctx)["apply-event"];
      await Promise.all([decideUnknown(world.ctx, id, { decision, by }), ...jobs.map((job) => apply(job.key))]);
      await world.work();
      const counts = await countsOf(world);
      const rows = await world.ctx.db.selectFrom("delivery").select("status").execute();
      expect(counts).toMatchObject({ delivered: 20, unknown: 0, submitted: 0, queued: 0 });
      expect(rows.filter((row) => row.status === "delivered")).toHaveLength(20);
      expect(await listUnknown(world.ctx)).toEqual([]);
    }
  });

  it("of a cancelled digest may be counted as sent, and are not sent again", async () => {
    const world = await stageDigest(3, { engine });
    closing.push(world.close);
    await planDigest(world.ctx, 1);
    world.resend.faults.next({ kind: "reset" });
    await deliverBatch(world.ctx, 1);
    await cancelDigest(world.ctx, world.uid);
    world.clock.advance(DAY);
    await world.work();
    const { id } = await only(world);
    await expect(decideUnknown(world.ctx, id, { decision: "send-again", by })).rejects.toThrow(/cancelled/);
    expect(await decideUnknown(world.ctx, id, { decision: "count-as-sent", by })).toMatchObject({ count: 3 });
  });

  it("that notices settled altogether wait for nobody", async () => {
    const world = await notKnown(2, engine, "reset");
    for (const id of [1, 2]) await recordEvent(world.ctx, delivered(world, id));
    await world.work();
    await sweepDelivery(world.ctx);
    expect(await listUnknown(world.ctx)).toEqual([]);
    const batches = await world.ctx.db.selectFrom("batch").select("status").execute();
    expect(batches).toEqual([{ status: "settled" }]);
  });
});
