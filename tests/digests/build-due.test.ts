import { afterEach, describe, expect, inject, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { audienceReport, buildDue, draftDigest, listDigestReports, purgeSchedule } from "../../src/digests/index.ts";
import { updatePreferences } from "../../src/subscribers/index.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { addReaders } from "../support/readers.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

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

/** Digests there are, of any cadence. */
const digestCount = async (world: TestContext) => (await listDigestReports(world.ctx, { limit: 1000 })).digests.length;

const change = async (world: TestContext, id: number, wishes: object) => {
  const { uid } = await world.ctx.db
    .selectFrom("subscriber")
    .select("uid")
    .where("id", "=", id)
    .executeTakeFirstOrThrow();
  return updatePreferences(world.ctx, world.ctx.vault.makeToken({ purpose: "preferences", uid, issuedAt: 1 }), wishes);
};

describe("when an edition comes due", () => {
  it("is for a reader who confirmed a minute before the hour, also the first of a rhythm and zone", async () => {
    const world = await monday();
    await tick(world, "2026-01-13T07:59:00Z");
    await addReaders(world.ctx, ["ana@example.org"]);
    await publish(world, "Morning light");
    await tick(world, "2026-01-13T08:00:00Z");
    expect(await mails(world)).toBe(1);
  });

  it("is not for a reader who came after the hour, also when the rhythm and zone were in use before", async () => {
    const world = await monday();
    const [gone] = await addReaders(world.ctx, ["gone@example.org"]);
    await tick(world);
    await publish(world, "Morning light");
    await tick(world, "2026-01-13T08:00:00Z");
    await world.ctx.db
      .updateTable("subscriber")
      .set({ status: "unsubscribed" })
      .where("id", "=", gone ?? 0)
      .execute();
    await tick(world, "2026-01-20T08:00:00Z");
    await addReaders(world.ctx, ["ana@example.org"]);
    await tick(world, "2026-01-22T15:00:00Z");
    expect(await mails(world)).toBe(1);
    await tick(world, "2026-01-27T08:00:00Z");
    expect(await mails(world)).toBe(2);
  });

  it("is built once when the clock goes back over the hour, and the next one comes at its time", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"], { cadence: "daily" });
    await publish(world, "Morning light");
    await tick(world);
    await tick(world, "2026-01-13T08:30:00Z");
    await publish(world, "Evening calm");
    await tick(world, "2026-01-13T07:30:00Z");
    await tick(world, "2026-01-13T08:00:00Z");
    expect(await mails(world)).toBe(1);
    await tick(world, "2026-01-14T08:00:00Z");
    expect(await mails(world)).toBe(2);
  });

  it("is not kept from anyone by a clock that was a year ahead for a while", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"], { cadence: "daily" });
    await tick(world);
    await publish(world, "Morning light");
    await tick(world, "2027-01-13T08:00:00Z");
    expect(await mails(world)).toBe(1);
    await publish(world, "Evening calm");
    await tick(world, "2026-01-13T07:00:00Z");
    await tick(world, "2026-01-13T08:00:00Z");
    expect(await mails(world)).toBe(2);
    await purgeSchedule(world.ctx);
    expect(await world.ctx.db.selectFrom("schedule_run").select("edition").execute()).toEqual([
      { edition: "2026-01-13" },
    ]);
  });

  it("tells whoever joins while it is planned nothing, and loses nothing of theirs", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"], { cadence: "daily" });
    await addReaders(world.ctx, ["bea@example.org"], { cadence: "monthly" });
    await tick(world);
    await publish(world, "Morning light");
    await tick(world, "2026-01-13T08:00:00Z");
    await publish(world, "Evening calm");
    world.clock.set(at("2026-01-14T08:00:00Z"));
    await buildDue(world.ctx);
    await change(world, 2, { cadence: "daily" });
    await world.work();
    const { digests } = await listDigestReports(world.ctx, {});
    expect(digests[0]?.counts).toMatchObject({ candidates: 2, submitted: 1, excluded: { "next-edition": 1 } });
    await tick(world, "2026-01-15T08:00:00Z");
    const told = await world.ctx.db
      .selectFrom("delivery")
      .innerJoin("variant", "variant.id", "delivery.variant_id")
      .select("events")
      .where("subscriber_id", "=", 2)
      .execute();
    expect(told).toEqual([{ events: "[1,2]" }]);
  });

  it("goes by UTC in a zone that this system does not know, and keeps nobody else waiting", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"], { timezone: "Mars/Olympus" });
    await addReaders(world.ctx, ["bea@example.org"]);
    await tick(world);
    await publish(world, "Morning light");
    await tick(world, "2026-01-13T08:00:00Z");
    expect(await mails(world)).toBe(2);
  });
});

describe("looking for what is new every minute", () => {
  it("builds nothing again for readers whom nothing concerns, who pause or who are suppressed", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["other@example.org"], { cadence: "immediate", topics: ["bipolar"] });
    await addReaders(world.ctx, ["away@example.org"], {
      cadence: "immediate",
      pausedUntil: at("2026-02-01T00:00:00Z"),
    });
    await addReaders(world.ctx, ["never@example.org"], { cadence: "immediate" });
    const address_index = world.ctx.vault.index("never@example.org");
    await world.ctx.db.insertInto("suppression").values({ address_index, reason: "bounce", created_at: 1 }).execute();
    await publish(world, "Morning light");
    for (let minute = 0; minute < 3; minute += 1) await tick(world);
    expect(await digestCount(world)).toBe(1);
    expect(await mails(world)).toBe(0);
    await tick(world, "2026-02-01T00:00:00Z");
    expect(await digestCount(world)).toBe(2);
    expect(await mails(world)).toBe(1);
  });
});

describe("the weekly cap", () => {
  const HOUR = 3_600_000;
  const cappedAt = async (cap: string) => {
    const world = await testContext({ clock: testClock(at("2026-01-12T12:00:00Z")), env: { SITE_WEEKLY_CAP: cap } });
    closing.push(world.close);
    return world;
  };

  it("holds an edition back, says so, and tells all of it once there is room", async () => {
    const world = await cappedAt("2");
    await addReaders(world.ctx, ["ana@example.org", "bea@example.org"], { cadence: "immediate" });
    for (const title of ["One", "Two", "Three"]) {
      await publish(world, title);
      await world.work();
      world.clock.advance(HOUR);
    }
    const { digests } = await listDigestReports(world.ctx, {});
    expect(digests[0]?.counts).toMatchObject({ candidates: 2, excluded: { "weekly-cap": 2 }, submitted: 0 });
    expect(digests[0]?.status).toBe("sent");
    await publish(world, "Four");
    await tick(world);
    for (let minute = 0; minute < 3; minute += 1) await tick(world);
    expect(await digestCount(world)).toBe(3);
    await tick(world, "2026-01-19T09:59:00Z");
    expect(await mails(world)).toBe(4);
    await tick(world, "2026-01-19T10:00:00Z");
    expect(await mails(world)).toBe(6);
    const { digests: after } = await listDigestReports(world.ctx, {});
    expect(after[0]?.events).toEqual([3, 4]);
  });

  it("shows in the forecast whom it will hold", async () => {
    const world = await cappedAt("1");
    await addReaders(world.ctx, ["ana@example.org"]);
    await addReaders(world.ctx, ["bea@example.org"], { cadence: "immediate" });
    await publish(world, "Morning light");
    await world.work();
    await publish(world, "Evening calm");
    const draft = await draftDigest(world.ctx, {});
    expect(await audienceReport(world.ctx, draft.uid)).toMatchObject({
      frozen: false,
      candidates: 2,
      receiving: 1,
      excluded: { "weekly-cap": 1 },
    });
  });

  it("holds no daily reader of the whole year, also when the clocks go forward", async () => {
    const world = await monday();
    await addReaders(world.ctx, ["ana@example.org"], { cadence: "daily", timezone: "Europe/Madrid" });
    world.clock.set(at("2026-03-20T06:00:00Z"));
    await tick(world);
    for (let day = 0; day < 14; day += 1) {
      await publish(world, `Article ${day}`);
      const morning = at("2026-03-20T07:00:00Z") + day * 24 * HOUR;
      await tick(world, new Date(day < 9 ? morning : morning - HOUR).toISOString());
    }
    expect(await mails(world)).toBe(14);
  });

  it("is none when the site sets 0", async () => {
    const world = await cappedAt("0");
    await addReaders(world.ctx, ["ana@example.org"], { cadence: "immediate" });
    for (let turn = 0; turn < 9; turn += 1) await publish(world, `Article ${turn}`).then(world.work);
    expect(await mails(world)).toBe(9);
  });
});

describe("two processes at once", () => {
  it("build each edition once on PostgreSQL", async () => {
    const env = { DATABASE_URL: await freshDatabaseUrl(inject) };
    const world = await testContext({ clock: testClock(at("2026-01-12T12:00:00Z")), env });
    closing.push(world.close);
    for (const [place, timezone] of ["UTC", "Africa/Abidjan", "Atlantic/Reykjavik"].entries()) {
      await addReaders(world.ctx, [`reader${place}@example.org`], { timezone });
    }
    await addReaders(world.ctx, ["now@example.org"], { cadence: "immediate" });
    await buildDue(world.ctx);
    await publish(world, "Morning light");
    world.clock.set(at("2026-01-13T08:00:00Z"));
    await Promise.all([buildDue(world.ctx), buildDue(world.ctx), buildDue(world.ctx)]);
    await world.work();
    expect(await digestCount(world)).toBe(2);
    expect(await mails(world)).toBe(4);
  });
});
