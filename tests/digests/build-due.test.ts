import { afterEach, describe, expect, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { buildDue, listDigestReports } from "../../src/digests/index.ts";
import { updatePreferences } from "../../src/subscribers/index.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { addReaders } from "../support/readers.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const at = (iso: string) => Date.parse(iso);
const WEEK = 7 * 86_400_000;

/** Monday noon; editions leave on Tuesday at 08:00. */
async function monday(): Promise<TestContext> {
  const world = await testContext({ clock: testClock(at("2026-01-12T12:00:00Z")) });
  closing.push(world.close);
  return world;
}

const publish = (world: TestContext, title: string, category = "Depression") =>
  takeIn(world.ctx, {
    html: articlePage({ title, category }),
    url: `https://calm.example/${title.toLowerCase().replaceAll(" ", "-")}`,
  });

async function tick(world: TestContext, iso?: string) {
  if (iso) world.clock.set(at(iso));
  await buildDue(world.ctx);
  await world.work();
}

const mails = async ({ ctx }: TestContext) => (await ctx.db.selectFrom("captured_mail").select("id").execute()).length;

describe("the schedule", () => {
  it("builds and sends the weekly edition by itself, once, at the hour of each reader's zone", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["utc@example.org"]);
    await addReaders(world.ctx, ["madrid@example.org"], { timezone: "Europe/Madrid" });
    await addReaders(world.ctx, ["apia@example.org"], { timezone: "Pacific/Apia" });
    await tick(world);
    await publish(world, "Morning light");
    await tick(world, "2026-01-12T18:59:00Z");
    expect(await mails(world)).toBe(0);
    await tick(world, "2026-01-12T19:00:00Z");
    expect(await mails(world)).toBe(1);
    await tick(world, "2026-01-13T07:00:00Z");
    expect(await mails(world)).toBe(2);
    for (let turn = 0; turn < 3; turn += 1) await tick(world, "2026-01-13T08:00:00Z");
    expect(await mails(world)).toBe(3);
    const { digests } = await listDigestReports(world.ctx, {});
    expect(digests.map((digest) => [digest.status, digest.cadence, digest.counts.submitted])).toEqual([
      ["sent", "weekly", 1],
      ["sent", "weekly", 1],
      ["sent", "weekly", 1],
    ]);
  });

  it("sends nothing when there is nothing new", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"]);
    await tick(world);
    await tick(world, "2026-01-13T08:00:00Z");
    expect((await listDigestReports(world.ctx, {})).digests).toEqual([]);
  });

  it("sends one edition after an outage of three weeks, with everything in it", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"]);
    await tick(world);
    await publish(world, "Morning light");
    await publish(world, "Evening calm");
    world.clock.advance(3 * WEEK);
    await tick(world);
    await tick(world);
    expect(await mails(world)).toBe(1);
    const { digests } = await listDigestReports(world.ctx, {});
    expect(digests.map((digest) => digest.events)).toEqual([[1, 2]]);
  });

  it("keeps the reader's place when the cadence and the topics change", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"], { cadence: "daily" });
    await addReaders(world.ctx, ["bea@example.org"], { cadence: "daily" });
    await tick(world);
    await publish(world, "Morning light");
    await tick(world, "2026-01-13T08:00:00Z");
    expect(await mails(world)).toBe(2);
    const { uid } = await world.ctx.db
      .selectFrom("subscriber")
      .select("uid")
      .where("id", "=", 1)
      .executeTakeFirstOrThrow();
    const token = world.ctx.vault.makeToken({ purpose: "preferences", uid, issuedAt: 1 });
    await publish(world, "Evening calm");
    await updatePreferences(world.ctx, token, { cadence: "weekly", topics: ["depression"] });
    await tick(world, "2026-01-14T08:00:00Z");
    expect(await mails(world)).toBe(3);
    await tick(world, "2026-01-20T08:00:00Z");
    expect(await mails(world)).toBe(4);
    const told = await world.ctx.db
      .selectFrom("delivery")
      .innerJoin("variant", "variant.id", "delivery.variant_id")
      .select(["subscriber_id", "events"])
      .orderBy("delivery.id")
      .execute();
    expect(told).toEqual([
      { subscriber_id: 1, events: "[1]" },
      { subscriber_id: 2, events: "[1]" },
      { subscriber_id: 2, events: "[2]" },
      { subscriber_id: 1, events: "[2]" },
    ]);
  });

  it("tells readers who want it at once, as soon as it happens", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["now@example.org"], { cadence: "immediate" });
    await addReaders(world.ctx, ["later@example.org"]);
    await publish(world, "Morning light");
    await world.work();
    expect(await mails(world)).toBe(1);
    await tick(world);
    expect(await mails(world)).toBe(1);
  });

  it("lets a pause pass without mail and tells everything afterwards", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"], { pausedUntil: at("2026-01-19T00:00:00Z") });
    await tick(world);
    await publish(world, "Morning light");
    await tick(world, "2026-01-13T08:00:00Z");
    expect(await mails(world)).toBe(0);
    await tick(world, "2026-01-20T08:00:00Z");
    expect(await mails(world)).toBe(1);
  });

  it("sends mail that says no person sent it", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"]);
    await tick(world);
    await takeIn(world.ctx, { html: articlePage({ sections: MORNING_LIGHT }), url: "https://calm.example/a" });
    await tick(world, "2026-01-13T08:00:00Z");
    const { message } = await world.ctx.db.selectFrom("captured_mail").select("message").executeTakeFirstOrThrow();
    const headers = (JSON.parse(world.ctx.vault.open(message)) as { headers: Record<string, string> }).headers;
    expect(headers["Auto-Submitted"]).toBe("auto-generated");
    expect(headers["List-Id"]).toBe("<newsletter.localhost.localdomain>");
  });
});
