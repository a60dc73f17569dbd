import fc from "fast-check";
import { afterEach, describe, expect, inject, it } from "vitest";
import { countArticlesDue, listReviewDebt, reviewDebt } from "../../src/articles/index.ts";
import { storeArticles } from "../support/articles.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function library(engine: string, day: string, env: Record<string, string> = {}): Promise<TestContext> {
  const database: Record<string, string> =
    engine === "postgres" ? { DATABASE_URL: await freshDatabaseUrl(inject) } : {};
  const world = await testContext({ clock: testClock(Date.parse(day)), env: { ...database, ...env } });
  closing.push(world.close);
  return world;
}

async function walk({ ctx }: TestContext, limit: number) {
  const articles = [];
  for (let cursor = null; ; ) {
    const page = await listReviewDebt(ctx, { cursor, limit });
    articles.push(...page.articles);
    if (page.next === null) return articles;
    cursor = page.next;
  }
}

describe.each(["sqlite", "postgres"])("what is due for review, on %s", (engine) => {
  it("is listed oldest first with the reason, and what has no date comes last", async () => {
    const world = await library(engine, "2026-11-25T10:00:00Z");
    await storeArticles(world.ctx, [
      { slug: "undated" },
      { slug: "fresh", reviewedOn: "2026-01-09", publishedOn: "2019-01-01" },
      { slug: "month", reviewedOn: "2025-10", reviewers: ["Dr. Ana Ruiz"] },
      { slug: "this-month", reviewedOn: "2025-11" },
      { slug: "never", publishedOn: "2024-03-01", updatedOn: "2023-01-01" },
      { slug: "old", title: "Old light", reviewedOn: "2024-02-29", publishedOn: "2026-01-01" },
    ]);
    expect(await walk(world, 50)).toEqual([
      {
        slug: "old",
        url: "https://calm.example/old",
        title: "Old light",
        basis: "reviewed",
        since: "2024-02-29",
        months: 32,
        monthsOverdue: 20,
        reviewers: [],
      },
      expect.objectContaining({ slug: "never", basis: "published", since: "2024-03-01", months: 32 }),
      expect.objectContaining({ slug: "month", since: "2025-10", months: 12, monthsOverdue: 0 }),
      expect.objectContaining({ slug: "undated", basis: "no-date", since: null, months: null, monthsOverdue: null }),
    ]);
    expect(await countArticlesDue(world.ctx)).toBe(4);
  });

  it("goes by the latest version alone", async () => {
    const world = await library(engine, "2026-11-25T10:00:00Z");
    await storeArticles(world.ctx, [
      { slug: "renewed", reviewedOn: "2020-01-01" },
      { slug: "renewed", reviewedOn: "2026-10-01" },
      { slug: "taken-back", reviewedOn: "2026-10-01" },
      { slug: "taken-back", reviewedOn: "2020-01-01" },
    ]);
    expect((await walk(world, 50)).map(({ slug }) => slug)).toEqual(["taken-back"]);
  });

  it("follows the site's age and the day in the editors' time zone", async () => {
    const at = "2026-11-25T23:30:00Z";
    const article = { slug: "light", reviewedOn: "2026-08-25" };
    const months = { SITE_REVIEW_MONTHS: "3" };
    const [utc, madrid, patient] = [
      await library(engine, at, months),
      await library(engine, at, { ...months, SITE_TIMEZONE: "Europe/Madrid" }),
      await library(engine, at),
    ];
    for (const world of [utc, madrid, patient]) await storeArticles(world.ctx, [article]);
    expect(await Promise.all([utc, madrid, patient].map(({ ctx }) => countArticlesDue(ctx)))).toEqual([0, 1, 0]);
  });

  it("is what the rule says of each article, whatever dates they give and however long the pages are", async () => {
    const day = fc
      .date({ min: new Date("2023-01-01"), max: new Date("2025-06-01"), noInvalidDate: true })
      .map((date) => date.toISOString().slice(0, 10));
    const dayOrMonth = fc.option(
      fc.oneof(
        day,
        day.map((text) => text.slice(0, 7)),
      ),
      { nil: null, freq: 3 },
    );
    const dates = fc.record({ reviewedOn: dayOrMonth, updatedOn: dayOrMonth, publishedOn: dayOrMonth });
    const drawn = fc
      .sample(dates, { numRuns: 400, seed: 7 })
      .map((one, place) => ({ slug: `article-${place}`, ...one }));
    const world = await library(engine, "2025-02-28T10:00:00Z");
    await storeArticles(world.ctx, drawn);
    const isUndated = (one: (typeof drawn)[number]) => !(one.reviewedOn ?? one.updatedOn ?? one.publishedOn);
    const expected = drawn.filter((one) => isUndated(one) || reviewDebt(one, "2025-02-28", 12) !== null);
    const listed = await walk(world, 7);
    expect(listed.map(({ slug }) => slug).sort()).toEqual(expected.map(({ slug }) => slug).sort());
    expect(await countArticlesDue(world.ctx)).toBe(expected.length);
    const places = listed.map(({ since }) => (since === null ? "9999" : since.length === 7 ? `${since}-31` : since));
    expect(places).toEqual([...places].sort());
    expect(expected.length).toBeGreaterThan(100);
    expect(expected.length).toBeLessThan(350);
  });
});
