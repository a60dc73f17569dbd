import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { applyEvent, deliverBatch, recordEvent } from "../../src/delivery/index.ts";
import { draftDigest, getDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import type { ProviderEvent, ProviderEventKind } from "../../src/mail/provider-event.ts";
import { articlePage } from "../support/article-page.ts";
import { type TestContext, testContext } from "../support/context.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

/** A digest whose only batch is planned and not yet handed over. */
async function planned(readers = 1): Promise<TestContext & { uid: string }> {
  const world = await testContext();
  closing.push(world.close);
  await addReaders(world.ctx, manyAddresses(readers));
  await takeIn(world.ctx, { html: articlePage(), url: "https://calm.example/morning-light" });
  const { uid } = await draftDigest(world.ctx, {});
  await sendDigest(world.ctx, uid);
  await planDigest(world.ctx, 1);
  return { ...world, uid };
}

const event = (uid: string, kind: ProviderEventKind, change: Partial<ProviderEvent> = {}): ProviderEvent => ({
  id: `msg_${Math.random()}`,
  kind,
  at: 1_767_000_000_000,
  providerId: "p1",
  tags: { digest: uid, delivery: "d1" },
  detail: null,
  ...change,
});

async function state({ ctx, uid }: TestContext & { uid: string }) {
  const delivery = await ctx.db.selectFrom("delivery").select("status").where("id", "=", 1).executeTakeFirstOrThrow();
  const reader = await ctx.db.selectFrom("subscriber").select("status").where("id", "=", 1).executeTakeFirstOrThrow();
  const suppressed = await ctx.db.selectFrom("suppression").select("reason").execute();
  const { counts } = await getDigest(ctx, uid);
  return { delivery: delivery.status, reader: reader.status, suppressed: suppressed.map((row) => row.reason), counts };
}

describe("a provider's event", () => {
  it("is stored once however often it comes, and applied once", async () => {
    const world = await planned();
    await deliverBatch(world.ctx, 1);
    const delivered = event(world.uid, "delivered", { id: "msg_same" });
    for (let turn = 0; turn < 3; turn += 1) await recordEvent(world.ctx, delivered);
    await world.work();
    await applyEvent(world.ctx, 1);
    expect(await world.ctx.db.selectFrom("provider_event").select("id").execute()).toHaveLength(1);
    expect(await state(world)).toMatchObject({ delivery: "delivered", counts: { delivered: 1, submitted: 0 } });
  });

  it("that comes before the send's own answer stands, and the answer does not take it back", async () => {
    const world = await planned();
    await recordEvent(world.ctx, event(world.uid, "delivered"));
    await applyEvent(world.ctx, 1);
    expect(await state(world)).toMatchObject({ delivery: "delivered" });
    await deliverBatch(world.ctx, 1);
    expect(await state(world)).toMatchObject({
      delivery: "delivered",
      counts: { queued: 0, submitted: 0, delivered: 1 },
    });
  });

  it.each([
    ["bounced", "bounced", "bounced", ["bounce"]],
    ["suppressed", "bounced", "bounced", ["provider"]],
    ["complained", "complained", "complained", ["complaint"]],
    ["bounced-soft", "bounced", "active", []],
    ["failed", "failed", "active", []],
    ["delayed", "submitted", "active", []],
  ] as const)("%s leaves the delivery %s and the reader %s", async (kind, delivery, reader, suppressed) => {
    const world = await planned();
    await deliverBatch(world.ctx, 1);
    await recordEvent(world.ctx, event(world.uid, kind));
    await world.work();
    expect(await state(world)).toMatchObject({ delivery, reader, suppressed });
  });

  it("for tags that are not ours changes nothing", async () => {
    const world = await planned();
    await deliverBatch(world.ctx, 1);
    const strange: Record<string, string>[] = [
      {},
      { delivery: "d1" },
      { delivery: "d1", digest: "another" },
      { delivery: "d999", digest: world.uid },
      { delivery: "1; drop table delivery", digest: world.uid },
      { delivery: "d1", mail: world.uid },
    ];
    for (const tags of strange) await recordEvent(world.ctx, event(world.uid, "complained", { tags }));
    await world.work();
    expect(await state(world)).toMatchObject({ delivery: "submitted", reader: "active", suppressed: [] });
  });

  it("of a transient bounce suppresses only after five in a row", async () => {
    const world = await planned();
    await deliverBatch(world.ctx, 1);
    for (let turn = 0; turn < 4; turn += 1) await recordEvent(world.ctx, event(world.uid, "bounced-soft"));
    await recordEvent(world.ctx, event(world.uid, "delivered"));
    for (let turn = 0; turn < 4; turn += 1) await recordEvent(world.ctx, event(world.uid, "bounced-soft"));
    await world.work();
    expect(await state(world)).toMatchObject({ reader: "active", suppressed: [] });
    await recordEvent(world.ctx, event(world.uid, "bounced-soft"));
    await world.work();
    expect(await state(world)).toMatchObject({ reader: "bounced", suppressed: ["bounce"] });
  });

  it("ends the same in whatever order events arrive, and counters equal rows", async () => {
    const kinds: ProviderEventKind[] = ["sent", "delayed", "delivered", "bounced", "complained"];
    const furthest = (seen: ProviderEventKind[]) =>
      seen.includes("complained")
        ? "complained"
        : seen.includes("bounced")
          ? "bounced"
          : seen.includes("delivered")
            ? "delivered"
            : "submitted";
    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray([...kinds, ...kinds]), fc.nat(10), async (order, handOver) => {
        const world = await planned();
        for (const [place, kind] of order.entries()) {
          if (place === handOver) await deliverBatch(world.ctx, 1);
          await recordEvent(world.ctx, event(world.uid, kind));
          await world.work();
        }
        await deliverBatch(world.ctx, 1);
        const end = await state(world);
        expect(end.delivery).toBe(furthest(order));
        const { candidates, excluded: _, ...statuses } = end.counts;
        expect(Object.values(statuses).reduce((sum, count) => sum + count, 0)).toBe(candidates);
        expect(statuses[end.delivery as keyof typeof statuses]).toBe(1);
      }),
      { numRuns: 25 },
    );
  });
});
