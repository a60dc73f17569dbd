import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { correctArticle, draftDigest, pauseDigest, sendDigest } from "../../src/digests/index.ts";
import { storeArticles } from "../support/articles.ts";
import { publishArticles } from "../support/editions.ts";
import { addReaders } from "../support/readers.ts";
import { type Desk, openDesk } from "./desk.ts";

const FEED = "https://calm.example/feed.xml";
const RSS = `<?xml version="1.0"?><rss version="2.0"><channel><title>Calm &amp; Pages</title><link>https://calm.example/</link>
<description>All</description><item><title>One</title><link>https://calm.example/articles/one</link></item></channel></rss>`;
const DAY_MS = 86_400_000;

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk({
    pages: { [FEED]: RSS, "https://calm.example/page": "<!doctype html><title>A page</title>" },
  });
  await desk.signInAs("Dr. Ana Ruiz", "editor");
});
afterEach(() => desk.close());

/** What the overview says needs attention. */
async function concerns(): Promise<string> {
  return (await desk.page("/admin")).split('aria-labelledby="events"')[0] ?? "";
}

const sourceId = async () => (await desk.ctx.db.selectFrom("source").select("uid").executeTakeFirstOrThrow()).uid;

describe("the overview", () => {
  it("says that all is calm where it is, and every list says what to do when it is empty", async () => {
    expect(await concerns()).toContain("Nothing needs attention.");
    expect(await desk.page("/admin")).toContain("Nothing has been sent yet.");
    expect(await desk.page("/admin/articles")).toContain("No article has been taken in yet.");
    expect(await desk.page("/admin/corrections")).toContain("Nothing has been corrected.");
    expect(await desk.page("/admin/sources")).toContain("No source is followed yet.");
    expect(await desk.page("/admin/reviews")).toContain("No review is due.");
  });

  it("names digests that are paused with the reason, and corrections that are still going out", async () => {
    await addReaders(desk.ctx, ["ana@example.org"]);
    await publishArticles(desk.ctx);
    const { uid } = await draftDigest(desk.ctx, {});
    await sendDigest(desk.ctx, uid);
    await pauseDigest(desk.ctx, uid);
    await desk.ctx.db.updateTable("digest").set({ reason: "the domain is not verified" }).execute();
    const mistake = { version: 1, wrong: "80 to 140 dollars", right: "90 to 150 dollars" };
    await correctArticle(desk.ctx, "lithium", mistake, null);
    const page = await concerns();
    expect(page).toMatch(/“New: .*” is paused<\/a><p class="quiet small">The domain is not verified/);
    expect(page).toContain('<a href="/admin/corrections/4">A correction of “Lithium and the kidneys”');
    await desk.work();
    expect(await concerns()).not.toContain("A correction of");
  });

  it("shows the latest digests with what became of their deliveries", async () => {
    await addReaders(desk.ctx, ["ana@example.org", "ben@example.org"]);
    await publishArticles(desk.ctx);
    const { uid } = await draftDigest(desk.ctx, {});
    await sendDigest(desk.ctx, uid);
    await desk.work();
    const page = await desk.page("/admin");
    expect(page).toContain('<td class="number" data-label="Readers">2</td>');
    expect(page).toContain('<td class="number" data-label="On the way">2</td>');
  });

  it("names a source that has failed for a day, and not one that is having a bad hour", async () => {
    await desk.post("/admin/sources", { url: FEED });
    const fail = (since: number) =>
      desk.ctx.db.updateTable("source").set({ failing_since: since, last_error: "the server answered 503" }).execute();
    await fail(desk.clock() - DAY_MS + 1);
    expect(await concerns()).not.toContain("cannot be read");
    expect(await desk.page("/admin/sources")).toContain("Trying again");
    await fail(desk.clock() - DAY_MS);
    expect(await concerns()).toContain("Calm &amp; Pages cannot be read");
    expect(await concerns()).toContain("the server answered 503");
    expect(await desk.page("/admin/sources")).toContain("Failing since Jan 11, 2026");
  });

  it("counts reviews that are due, which their own page lists oldest first and the articles are marked with", async () => {
    await storeArticles(desk.ctx, [
      { slug: "old", title: "An old one", reviewedOn: "2021-01-01", reviewers: ["A panel"] },
      { slug: "older", title: "An older one", publishedOn: "2020-05" },
      { slug: "fresh", title: "A fresh one", reviewedOn: "2026-01-01" },
    ]);
    expect(await concerns()).toContain("2 articles are due for review");
    const due = await desk.page("/admin/reviews");
    expect(due.indexOf("An older one")).toBeLessThan(due.indexOf("An old one"));
    expect(due).toContain("Never reviewed; published May 2020");
    expect(due).toContain("Reviewed January 1, 2021 by A panel");
    expect(due).not.toContain("A fresh one");
    expect((await desk.page("/admin/articles")).match(/Review due/g)).toHaveLength(2);
  });
});

describe("lists", () => {
  it("go on where the page before ended, each row once", async () => {
    await storeArticles(
      desk.ctx,
      Array.from({ length: 60 }, (_, place) => ({ slug: `a${place}`, title: `A${place}.`, reviewedOn: "2020-01-01" })),
    );
    for (const path of ["/admin/articles", "/admin/reviews"]) {
      const first = await desk.page(path);
      const next = /href="([^"]*before=[^"]*)"/.exec(first)?.[1] ?? "";
      const both = first + (await desk.page(next));
      expect(new Set([...both.matchAll(/\/admin\/articles\/(a\d+)"/g)].map(([, slug]) => slug)).size).toBe(60);
      expect([...both.matchAll(/\/admin\/articles\/(a\d+)"/g)]).toHaveLength(60);
    }
  });
});

describe("sources at the desk", () => {
  it("are followed, looked at, paused, gone on with and removed, each with a word of what happened", async () => {
    const followed = await desk.post("/admin/sources", { url: FEED, backfill: "yes" });
    const path = `/admin/sources/${await sourceId()}`;
    expect(followed.headers.get("location")).toBe(`${path}?said=followed`);
    expect(await desk.page(`${path}?said=followed`)).toContain("It is followed from now on.");
    expect((await desk.post("/admin/sources", { url: FEED })).headers.get("location")).toBe(`${path}?said=known`);
    const acts = [
      ["poll", "polled", "Look now"],
      ["pause", "paused", "Go on"],
      ["resume", "resumed", "Look now"],
    ];
    for (const [act, said, offered] of acts) {
      expect((await desk.post(`${path}/${act}`)).headers.get("location")).toBe(`${path}?said=${said}`);
      expect(await desk.page(path)).toContain(`${offered}</button>`);
    }
    expect(await desk.page(`${path}/remove`)).toContain("Follow Calm &amp; Pages no more?");
    expect((await desk.post(`${path}/remove`)).headers.get("location")).toBe("/admin/sources?said=removed");
    expect((await desk.get(path)).status).toBe(404);
  });

  it("that cannot be followed are refused beside the field, with what was typed", async () => {
    const answer = await desk.post("/admin/sources", { url: "calm.example/feed", backfill: "no" });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('id="url-error">Give an address that begins with http:// or https://.');
    expect(page).toContain('value="calm.example/feed"');
    expect(page).toMatch(/value="no" checked=""/);
    const nothing = await desk.post("/admin/sources", { url: "https://calm.example/page" });
    expect(await nothing.text()).toMatch(/id="url-error">[^<]*names no feed/);
  });

  it("that are paused are not looked at, and the refusal says why", async () => {
    await desk.post("/admin/sources", { url: FEED });
    const path = `/admin/sources/${await sourceId()}`;
    await desk.post(`${path}/pause`);
    const answer = await desk.post(`${path}/poll`);
    expect([answer.status, await answer.text()]).toEqual([409, expect.stringContaining("The source is paused")]);
  });
});
