import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, inject, it } from "vitest";
import {
  getArticle,
  importPage,
  latestEventSeq,
  listArticles,
  listEvents,
  loadEventsForDigest,
  takeIn,
} from "../../src/articles/index.ts";
import { ConflictError, InvalidError, NotFoundError } from "../../src/errors.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { ADDRESS, fixture } from "./pages.ts";

let test: TestContext;
beforeEach(async () => {
  test = await testContext({ clock: testClock(Date.UTC(2026, 2, 1)) });
});
afterEach(() => test.close());

const take = (html: string, more: { url?: string; slug?: string; backfill?: boolean } = {}) =>
  takeIn(test.ctx, { html, url: ADDRESS, ...more });

describe("taking in a page", () => {
  it("makes an article, its first version and a published event at first sight", async () => {
    const taken = await take(fixture("light-therapy-earlier"));
    expect(taken).toMatchObject({ created: true, version: 1, event: { seq: 1, kind: "published", changes: null } });
    expect(taken.article).toMatchObject({
      slug: "light-therapy",
      references: 2,
      topics: ["digital-tools"],
      sections: { length: 4 },
    });
    expect(test.jobs).toEqual([{ name: "build-digests", key: "events" }]);
  });

  it("makes a re-reviewed event with what changed when the day of review moved forward", async () => {
    await take(fixture("light-therapy-earlier"));
    const taken = await take(fixture("light-therapy"));
    expect(taken).toMatchObject({ created: false, version: 2, event: { seq: 2, kind: "re-reviewed" } });
    expect(taken.event?.changes?.summary).toBe(
      "“How to use a lamp” and “What it costs” changed; “When it is not enough” is new.",
    );
  });

  it("makes nothing of the same page again, nor of the same page in other markup", async () => {
    await take(fixture("light-therapy"));
    test.jobs.length = 0;
    for (const page of ["light-therapy", "light-therapy-json-ld"]) {
      expect(await take(fixture(page))).toMatchObject({ created: false, version: 1, event: null });
    }
    expect(test.jobs).toEqual([]);
  });

  it("makes a version and no event when only the text changed, and tells it with the next review", async () => {
    await take(articlePage());
    const fixed = {
      ...MORNING_LIGHT,
      "What it costs": "A lamp costs 95 to 140 dollars and lasts for years. Few insurers pay for it.",
    };
    expect(await take(articlePage({ sections: fixed }))).toMatchObject({ version: 2, event: null });
    const taken = await take(articlePage({ sections: fixed, reviewed: "January 2, 2026" }));
    expect(taken).toMatchObject({
      version: 3,
      event: { kind: "re-reviewed", changes: { changed: ["What it costs"] } },
    });
  });

  it("tells nobody of the backlog, and compares the first review after it with the first version", async () => {
    expect(await take(fixture("light-therapy-earlier"), { backfill: true })).toMatchObject({ version: 1, event: null });
    expect(await take(fixture("light-therapy"))).toMatchObject({
      event: { seq: 1, kind: "re-reviewed", changes: { added: ["When it is not enough"] } },
    });
  });

  it("makes no event of an older state of the page, and says so", async () => {
    await take(fixture("light-therapy-earlier"));
    await take(fixture("light-therapy"));
    const stale = await take(fixture("light-therapy-earlier"));
    expect(stale).toMatchObject({ version: 2, event: null, warnings: [{ field: "reviewedOn" }] });
    expect(await latestEventSeq(test.ctx.db)).toBe(2);
  });

  it("says so when the day of review lies in the future", async () => {
    const { event, warnings } = await take(articlePage({ reviewed: "May 4, 2062" }));
    expect(event).toMatchObject({ kind: "published" });
    expect(warnings).toEqual([{ field: "reviewedOn", text: "2062-05-04 lies in the future" }]);
  });

  it("warns of a category that is no topic of the site", async () => {
    const { article, warnings } = await take(articlePage({ category: "Gardening" }), { url: "https://calm.example/a" });
    expect(article.topics).toEqual([]);
    expect(warnings).toEqual([{ field: "topics", text: '"Gardening" is not a topic of this site' }]);
  });

  it("files by category and address, whatever their case, number and punctuation", async () => {
    const html = articlePage({ category: "assessment and screener" });
    const { article } = await take(html, { url: "https://calm.example/resources/knowledge-hub/lamps" });
    expect(article.topics).toEqual(["assessments-screeners", "knowledge-hub"]);
  });

  it("writes nothing when the page holds no article", async () => {
    await expect(take("<h1>Not found</h1>")).rejects.toThrow(InvalidError);
    expect((await listArticles(test.ctx)).articles).toEqual([]);
  });
});

describe("naming an article", () => {
  const [here, there] = ["https://calm.example/adhd/overview", "https://calm.example/bipolar/overview"];

  it("keeps pages apart whose addresses end alike", async () => {
    await take(articlePage({ title: "ADHD" }), { url: here });
    const taken = await take(articlePage({ title: "Bipolar disorder" }), { url: there });
    expect(taken).toMatchObject({ created: true, article: { slug: "bipolar-overview", url: there } });
  });

  it("follows a page that moved", async () => {
    await take(articlePage(), { url: here });
    const taken = await take(articlePage({ reviewed: "January 2, 2026" }), { url: there });
    expect(taken).toMatchObject({
      created: false,
      article: { slug: "overview", url: there },
      event: { kind: "re-reviewed" },
    });
  });

  it("goes by the slug that the caller gives", async () => {
    await take(articlePage(), { slug: "lamps" });
    expect(await take(articlePage(), { slug: "lamps", url: here })).toMatchObject({ created: false, version: 1 });
    await expect(take(articlePage(), { slug: "other", url: here })).rejects.toThrow(ConflictError);
    await expect(take(articlePage(), { slug: "No Slug" })).rejects.toThrow(InvalidError);
  });
});

describe("importing by address", () => {
  it("takes in what the fetch gave, under the address it ended at", async () => {
    const fetchPage = async () => ({ url: ADDRESS, body: fixture("light-therapy"), contentType: "text/html" });
    const taken = await importPage({ ...test.ctx, fetchPage }, { url: "https://calm.example/moved" });
    expect(taken.article.url).toBe(ADDRESS);
  });
});

describe("reading back", () => {
  it("gives an article with its versions and events, newest version first", async () => {
    await take(fixture("light-therapy-earlier"));
    test.clock.advance(1000);
    await take(fixture("light-therapy"));
    const { article, versions, events } = await getArticle(test.ctx, "light-therapy");
    expect(article.reviewedOn).toBe("2026-02-10");
    expect(versions.map(({ number, content }) => [number, content.reviewedOn])).toEqual([
      [2, "2026-02-10"],
      [1, "2023-11-03"],
    ]);
    expect(events.map(({ kind }) => kind)).toEqual(["published", "re-reviewed"]);
    await expect(getArticle(test.ctx, "none")).rejects.toThrow(NotFoundError);
  });

  it("gives what an edition needs: the version told, the one told before, and the changes", async () => {
    await take(fixture("light-therapy-earlier"));
    await take(fixture("light-therapy"));
    const [first, second] = await loadEventsForDigest(test.ctx.db, [2, 1, 99]);
    expect(first).toMatchObject({
      seq: 1,
      kind: "published",
      previousVersion: null,
      changes: null,
      topics: ["digital-tools"],
    });
    expect(second).toMatchObject({
      seq: 2,
      version: { reviewedOn: "2026-02-10" },
      previousVersion: { reviewedOn: "2023-11-03" },
    });
    expect(second?.version.sections[0]?.text).toMatch(/^Light that reaches the eye/);
  });

  it("pages through articles and events", async () => {
    for (const name of ["a", "b", "c"])
      await take(articlePage({ title: `Lamp ${name}` }), { url: `https://calm.example/${name}` });
    const first = await listArticles(test.ctx, { limit: 2 });
    expect(first.articles.map(({ slug }) => slug)).toEqual(["c", "b"]);
    const rest = await listArticles(test.ctx, { cursor: first.next, limit: 2 });
    expect(rest).toMatchObject({ articles: [{ slug: "a", version: 1 }], next: null });
    expect((await listEvents(test.ctx, { after: 1, upto: 2 })).map(({ slug }) => slug)).toEqual(["b"]);
    expect(await listEvents(test.ctx, { seqs: [] })).toEqual([]);
  });
});

describe("any sequence of states of a page", () => {
  it("gives each day of review at most one event, and the last state taken twice none", async () => {
    const states = fc.array(
      fc.record({ day: fc.integer({ min: 1, max: 5 }), text: fc.constantFrom("lamp", "sun", "visor") }),
      { minLength: 1, maxLength: 8 },
    );
    let run = 0;
    await fc.assert(
      fc.asyncProperty(states, async (sequence) => {
        run += 1;
        const url = `https://calm.example/run/page-${run}`;
        const page = ({ day, text }: { day: number; text: string }) =>
          articlePage({
            title: `Run ${run}`,
            reviewed: `December ${day}, 2025`,
            sections: { One: `A ${text} for the morning, used each day for half an hour.` },
          });
        const days: number[] = [];
        for (const state of sequence) if ((await take(page(state), { url })).event) days.push(state.day);
        expect(days).toEqual([...new Set(days)].sort((a, b) => a - b));
        const last = sequence.at(-1) as { day: number; text: string };
        expect((await take(page(last), { url })).event).toBeNull();
      }),
      { numRuns: 25 },
    );
  });
});

describe("the same pages taken in at once", () => {
  async function race(contexts: TestContext[]): Promise<void> {
    const takes = ["a", "b", "c", "d"].flatMap((name) =>
      contexts.map(({ ctx }) =>
        takeIn(ctx, { html: articlePage({ title: `Lamp ${name}` }), url: `https://calm.example/${name}` }),
      ),
    );
    const taken = await Promise.all(takes);
    expect(taken.map(({ version }) => version)).toEqual(Array(8).fill(1));
    expect(taken.flatMap(({ event }) => event?.seq ?? []).sort()).toEqual([1, 2, 3, 4]);
    expect((await listArticles((contexts[0] as TestContext).ctx)).articles).toHaveLength(4);
  }

  it("make one version and one event each, on SQLite", () => race([test, test]));

  it("make one version and one event each, by two processes on PostgreSQL", async () => {
    const env = { DATABASE_URL: await freshDatabaseUrl(inject), DATA_KEYS: Buffer.alloc(32, 7).toString("base64") };
    const contexts = [await testContext({ env }), await testContext({ env })];
    try {
      await race(contexts);
    } finally {
      for (const { close } of contexts) await close();
    }
  });
});
