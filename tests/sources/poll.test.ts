import { setImmediate as turn } from "node:timers/promises";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGuardedFetch } from "../../src/articles/guarded-fetch.ts";
import type { FetchPage } from "../../src/articles/index.ts";
import { ConflictError, InvalidError, NotFoundError, UnavailableError } from "../../src/errors.ts";
import { askPoll, changeSource, followSource, listSources, pollSource, removeSource } from "../../src/sources/index.ts";
import { articlePage } from "../support/article-page.ts";
import { type Follower, HOUR, MINUTE, openFollower } from "./follow.ts";
import { type Publisher, rss, sitemap, startPublisher, XML } from "./publisher.ts";

let publisher: Publisher;
let follower: Follower;
let origin: string;
beforeEach(async () => {
  publisher = await startPublisher();
  follower = await openFollower();
  origin = publisher.origin;
});
afterEach(async () => {
  await follower.close();
  await publisher.close();
});

const ARTICLE = (title: string, reviewed = "March 4, 2025") => articlePage({ title, reviewed });

/** A publisher with this many articles in a feed. */
function publish(...paths: string[]): void {
  for (const path of paths) publisher.put(path, ARTICLE(`On ${path.slice(1)}`));
  publisher.put(
    "/feed.xml",
    rss(
      origin,
      paths.map((path) => ({ path })),
    ),
  );
}

const feed = () => `${origin}/feed.xml`;
const requestsOf = (path: string) => publisher.requests.filter((line) => line.startsWith(`${path} `));

describe("following a source", () => {
  it("without the backlog tells what it names now", async () => {
    publish("/b", "/a");
    await follower.follow(feed(), false);
    expect(await follower.events()).toEqual(["published a", "published b"]);
  });

  it("twice gives the one that is followed, by its own address or a page's", async () => {
    publish("/a");
    publisher.put("/", `<link rel="alternate" type="application/atom+xml" href="/feed.xml"><p>Calm</p>`);
    publisher.put("/home", `<html><link rel="alternate" type="application/atom+xml" href="/feed.xml"></html>`);
    const first = await followSource(follower.ctx, { url: feed() });
    const again = await followSource(follower.ctx, { url: `${feed()}#top` });
    const byPage = await followSource(follower.ctx, { url: `${origin}/home` });
    expect([first.created, again, byPage]).toEqual([true, { ...first, created: false }, { ...first, created: false }]);
    expect(await listSources(follower.ctx)).toHaveLength(1);
  });

  it.each([
    ["an address that is none", () => "nonsense", InvalidError, /http/],
    [
      "a private address, where that is not allowed",
      () => "http://169.254.169.254/feed.xml",
      InvalidError,
      /open internet/,
    ],
    ["a page that names no feed", () => `${origin}/a`, InvalidError, /names no feed/],
    ["a page whose feed is a page", () => `${origin}/circle`, InvalidError, /neither a feed nor a sitemap/],
    ["what is not there", () => `${origin}/nothing`, UnavailableError, /answered 404/],
    ["an image", () => `${origin}/image`, UnavailableError, /not a feed or sitemap/],
  ])("is refused with the reason, and nothing is kept: %s", async (_, url, kind, text) => {
    publish("/a");
    publisher.put("/image", { body: "GIF89a", type: "image/gif" });
    publisher.put("/circle", `<html><link rel="alternate" type="application/rss+xml" href="/circle"></html>`);
    const refused = followSource(follower.ctx, { url: url() });
    await expect(refused).rejects.toThrow(kind);
    await expect(refused).rejects.toThrow(text);
    expect(await listSources(follower.ctx)).toEqual([]);
  });

  it("reads a sitemap, an index of sitemaps, and a packed one", async () => {
    const { gzipSync } = await import("node:zlib");
    for (const path of ["/a", "/b", "/c"]) publisher.put(path, ARTICLE(`On ${path.slice(1)}`));
    publisher.put("/one.xml", sitemap(origin, { "/a": "2026-01-01" }));
    const packed = gzipSync(String(sitemap(origin, { "/b": "2026-01-01", "/c": "2026-01-01" }).body));
    publisher.put("/two.xml.gz", { body: packed, type: "application/gzip" });
    const index = ["one.xml", "two.xml.gz", "missing.xml"].map(
      (name) => `<sitemap><loc>${origin}/${name}</loc></sitemap>`,
    );
    publisher.put("/index.xml", { body: `<sitemapindex>${index.join("")}</sitemapindex>`, type: XML });
    const uid = await follower.follow(`${origin}/index.xml`);
    expect(await follower.source(uid)).toMatchObject({ kind: "sitemap", status: "ok", pages: { known: 3, taken: 3 } });
    // A sitemap of the index names another page; the index itself is the same.
    publisher.put("/d", ARTICLE("On d"));
    publisher.put("/one.xml", sitemap(origin, { "/a": "2026-01-01", "/d": "2026-01-12" }));
    await follower.poll(uid);
    expect(await follower.events()).toEqual(["published d"]);
  });

  it("takes pages of its own host and of the publication's, and shows the others with the reason", async () => {
    await follower.close();
    follower = await openFollower({ env: { SITE_ORIGINS: origin.replace("127.0.0.1", "localhost") } });
    publish("/a");
    const own = rss(origin, [{ path: "/a" }]);
    const items = `<item><link>https://elsewhere.example/x</link></item><item><link>${origin.replace("127.0.0.1", "localhost")}/b</link></item></channel>`;
    publisher.put("/b", ARTICLE("On b"));
    publisher.put("/feed.xml", { ...own, body: String(own.body).replace("</channel>", items) });
    const uid = await follower.follow(feed());
    expect(await follower.source(uid)).toMatchObject({
      status: "ok",
      pages: { known: 3, taken: 2, notFollowed: 1 },
      troubles: [{ url: "https://elsewhere.example/x", state: "outside", reason: expect.stringContaining("neither") }],
    });
  });

  it("counts what could not be fetched at set-up as backlog when it finally comes", async () => {
    publish("/b", "/a");
    publisher.put("/b", { status: 500, body: "broken" });
    const uid = await follower.follow(feed());
    expect(await follower.source(uid)).toMatchObject({
      pages: { known: 2, taken: 1, failing: 1 },
      troubles: [{ url: `${origin}/b`, state: "failing", attempts: 1, reason: expect.stringContaining("500") }],
    });
    publisher.put("/b", ARTICLE("On b"));
    follower.clock.advance(10 * MINUTE);
    await follower.sweep();
    expect(await follower.source(uid)).toMatchObject({ status: "ok", pages: { taken: 2, failing: 0 }, troubles: [] });
    expect(await follower.events()).toEqual([]);
  });
});

describe("a poll by the clock", () => {
  it("asks for the list under its validators after the interval, and for no page before its day is over", async () => {
    publish("/a");
    await follower.follow(feed());
    publisher.requests.length = 0;
    follower.clock.advance(29 * MINUTE);
    await follower.sweep();
    expect(publisher.requests).toEqual([]);
    follower.clock.advance(MINUTE);
    await follower.sweep();
    expect(publisher.requests).toEqual(["/feed.xml 304"]);
    publisher.requests.length = 0;
    follower.clock.advance(24 * HOUR);
    await follower.sweep();
    expect(publisher.requests).toEqual(["/feed.xml 304", "/a 304"]);
  });

  it("takes in what is new and what the list says something else of", async () => {
    publish("/b", "/a");
    const uid = await follower.follow(feed());
    publisher.put("/a", ARTICLE("On a", "January 9, 2026"));
    publisher.put("/c", ARTICLE("On c"));
    publisher.put(
      "/feed.xml",
      rss(origin, [{ path: "/c" }, { path: "/b" }, { path: "/a", at: "Fri, 09 Jan 2026 08:00:00 GMT" }]),
    );
    publisher.requests.length = 0;
    follower.clock.advance(30 * MINUTE);
    await follower.sweep();
    expect(await follower.events()).toEqual(["re-reviewed a", "published c"]);
    expect(requestsOf("/b")).toEqual([]);
    expect(await follower.source(uid)).toMatchObject({ status: "ok", pages: { known: 3, taken: 3 } });
  });

  it.each([
    ["its ttl", "<ttl>120</ttl>", {}, 120],
    [
      "its update period",
      "<sy:updatePeriod>daily</sy:updatePeriod><sy:updateFrequency>8</sy:updateFrequency>",
      {},
      180,
    ],
    ["its headers", "", { "cache-control": "public, max-age=3600" }, 60],
    ["no more than six hours", "<ttl>100000</ttl>", {}, 360],
    ["no less than the setting", "<ttl>5</ttl>", { "cache-control": "max-age=60" }, 30],
  ])("keeps the interval that the feed asks for: %s", async (_, channel, headers, minutes) => {
    publisher.put("/feed.xml", { ...rss(origin, [], channel), headers });
    const uid = await follower.follow(feed());
    expect((await follower.source(uid)).nextPollAt).toBe(follower.clock() + minutes * MINUTE);
    follower.clock.advance(minutes * MINUTE);
    await follower.sweep();
    expect((await follower.source(uid)).nextPollAt).toBe(follower.clock() + minutes * MINUTE);
  });

  it.each([
    ["seconds", () => "7200", 2 * HOUR],
    ["a date", (now: number) => new Date(now + 3 * HOUR).toUTCString(), 3 * HOUR],
    ["a day at most", () => "99999999", 24 * HOUR],
    ["a minute at least", () => "0", MINUTE],
  ])("leaves a server alone that asks for it, by %s", async (_, header, wait) => {
    publish("/a");
    const uid = await follower.follow(feed());
    follower.clock.advance(HOUR);
    publisher.put("/feed.xml", { status: 429, headers: { "retry-after": header(follower.clock()) } });
    await follower.sweep();
    expect(await follower.source(uid)).toMatchObject({ status: "retrying", nextPollAt: follower.clock() + wait });
    publisher.requests.length = 0;
    follower.clock.advance(wait - 1);
    await follower.sweep();
    expect(publisher.requests).toEqual([]);
  });

  it("tries a failing source again ever more rarely, up to a bound, and the log tells of it once", async () => {
    publish("/a");
    const uid = await follower.follow(feed());
    publisher.put("/feed.xml", { status: 500 });
    const warned: unknown[] = [];
    follower.ctx.log.warn = (about: unknown, text?: string) => void warned.push([about, text]);
    const waits: number[] = [];
    for (let tries = 0; tries < 16; tries += 1) {
      follower.clock.set((await follower.source(uid)).nextPollAt ?? 0);
      await follower.sweep();
      waits.push(((await follower.source(uid)).nextPollAt ?? 0) - follower.clock());
    }
    expect(waits[0]).toBeGreaterThanOrEqual(2.5 * MINUTE);
    expect(waits[0]).toBeLessThanOrEqual(5 * MINUTE);
    expect(Math.min(...waits.slice(8))).toBeGreaterThanOrEqual(2 * HOUR);
    expect(Math.max(...waits)).toBeLessThanOrEqual(4 * HOUR);
    expect((await follower.source(uid)).status).toBe("failing");
    expect(warned).toEqual([[expect.objectContaining({ source: uid }), expect.stringContaining("failing for a day")]]);
  });

  it("shows a feed that is gone for good, asks for it rarely, and takes it up again when it is back", async () => {
    publish("/a");
    const uid = await follower.follow(feed());
    publisher.put("/feed.xml", { status: 410 });
    await follower.poll(uid);
    expect(await follower.source(uid)).toMatchObject({ status: "gone", nextPollAt: follower.clock() + 7 * 24 * HOUR });
    publish("/b", "/a");
    follower.clock.advance(7 * 24 * HOUR);
    await follower.sweep();
    expect(await follower.source(uid)).toMatchObject({ status: "ok", lastError: null });
    expect(await follower.events()).toEqual(["published b"]);
  });

  it.each([
    ["an HTML page in its place", "<!doctype html><p>Maintenance</p>", /HTML page/],
    ["half of it", "<rss version='2.0'><channel><item>", /breaks off/],
    ["nothing", "", /is empty/],
  ])("says why a list cannot be read: %s", async (_, body, reason) => {
    publish("/a");
    const uid = await follower.follow(feed());
    publisher.put("/feed.xml", { body, type: XML });
    await follower.poll(uid);
    expect(await follower.source(uid)).toMatchObject({ status: "retrying", lastError: expect.stringMatching(reason) });
  });
});

describe("a page of a source", () => {
  it("that is not there is kept and shown, and taken in when it appears", async () => {
    publish("/a");
    const uid = await follower.follow(feed());
    publisher.put("/feed.xml", rss(origin, [{ path: "/late" }, { path: "/a" }]));
    publisher.put("/a", { status: 410 });
    await follower.poll(uid);
    expect(await follower.source(uid)).toMatchObject({
      status: "ok",
      pages: { known: 2, taken: 1, gone: 2 },
      troubles: [
        { url: `${origin}/a`, state: "gone", takenAt: expect.any(Number) },
        { url: `${origin}/late`, state: "gone", takenAt: null },
      ],
    });
    publisher.put("/late", ARTICLE("Late"));
    follower.clock.advance(10 * MINUTE);
    await follower.sweep();
    expect(await follower.events()).toEqual(["published late"]);
  });

  it("that holds no article is noted with the reason, and read again only when it changed", async () => {
    publish("/a");
    publisher.put("/a", { body: "<html><body><p>Soon.</p></body></html>", validates: false });
    const uid = await follower.follow(feed());
    const refused = { state: "refused", reason: expect.stringContaining("no article") };
    expect(await follower.source(uid)).toMatchObject({ status: "ok", pages: { refused: 1 }, troubles: [refused] });
    await follower.poll(uid);
    expect(await follower.source(uid)).toMatchObject({ troubles: [refused] });
    publisher.put("/a", ARTICLE("Here now"));
    await follower.poll(uid);
    expect(await follower.source(uid)).toMatchObject({ pages: { refused: 0, taken: 1 }, troubles: [] });
    expect(await follower.events()).toEqual(["published a"]);
  });

  it("whose server knows dates alone is asked for by its date, and without it when an editor wants to be certain", async () => {
    publish("/a");
    const dated = { validates: false, headers: { "last-modified": "Mon, 05 Jan 2026 08:00:00 GMT" } };
    publisher.put("/a", { ...dated, body: ARTICLE("On a") });
    const asked: unknown[] = [];
    const fetch = createGuardedFetch({ allowPrivate: true });
    follower.ctx.fetchPage = async (url, ask) => {
      if (url.endsWith("/a")) asked.push(ask?.lastModified);
      return fetch(url, ask);
    };
    const uid = await follower.follow(feed());
    follower.clock.advance(24 * HOUR);
    await follower.sweep();
    publisher.put("/a", { ...dated, body: ARTICLE("On a", "January 9, 2026") });
    await follower.poll(uid);
    expect(asked).toEqual([null, "Mon, 05 Jan 2026 08:00:00 GMT", null]);
    expect(await follower.events()).toEqual(["re-reviewed a"]);
  });

  it("that is of another type is refused, and keeps no other page waiting", async () => {
    publish("/b", "/a");
    publisher.put("/a", { body: "%PDF", type: "application/pdf" });
    const uid = await follower.follow(feed());
    expect(await follower.source(uid)).toMatchObject({ status: "ok", pages: { taken: 1, refused: 1, failing: 0 } });
  });

  it("that leads to another host is refused", async () => {
    publish("/a");
    publisher.put("/a", { status: 302, headers: { location: `${origin.replace("127.0.0.1", "localhost")}/b` } });
    publisher.put("/b", ARTICLE("On b"));
    await follower.close();
    follower = await openFollower({ env: { SITE_URL: "https://calm.example" } });
    const uid = await follower.follow(feed());
    expect(await follower.source(uid)).toMatchObject({
      troubles: [{ state: "refused", reason: expect.stringContaining("leads to") }],
    });
  });

  it("whose taking in meets a defect is logged, and keeps no other page waiting", async () => {
    publish("/b", "/a");
    const fetchPage: FetchPage = async (url, ask) => {
      if (url.endsWith("/a")) throw new TypeError("a defect");
      return createGuardedFetch({ allowPrivate: true })(url, ask);
    };
    await follower.close();
    follower = await openFollower({ fetchPage });
    const logged: unknown[] = [];
    follower.ctx.log.error = (about: unknown) => void logged.push(about);
    const uid = await follower.follow(feed());
    expect(await follower.source(uid)).toMatchObject({ pages: { taken: 1, failing: 1 } });
    expect(logged).toHaveLength(1);
  });

  it("waits with the others when three in a row say that their host is down", async () => {
    publish("/e", "/d", "/c", "/b", "/a");
    for (const path of ["/a", "/b", "/c", "/d", "/e"]) publisher.put(path, { status: 503 });
    const uid = await follower.follow(feed());
    expect(publisher.requests).toEqual(["/feed.xml 200", "/a 503", "/b 503", "/c 503"]);
    expect(await follower.source(uid)).toMatchObject({ status: "waiting", pages: { failing: 3, waiting: 2 } });
    for (const path of ["/a", "/b", "/c", "/d", "/e"]) publisher.put(path, ARTICLE(`On ${path.slice(1)}`));
    follower.clock.advance(10 * MINUTE);
    await follower.sweep();
    expect(await follower.source(uid)).toMatchObject({ status: "ok", pages: { taken: 5, failing: 0 } });
  });

  it("is asked for after the pause that the settings name", async () => {
    await follower.close();
    follower = await openFollower({ env: { SOURCE_PAUSE_SECONDS: "7" } });
    publish("/c", "/b", "/a");
    const { id } = await followSource(follower.ctx, { url: feed() });
    expect(await pollSource(follower.ctx, id)).toEqual({ again: 7000 });
    expect(await pollSource(follower.ctx, id)).toEqual({ again: 7000 });
    expect(await pollSource(follower.ctx, id)).toBeUndefined();
    expect(publisher.requests).toHaveLength(4);
  });
});

describe("what editors do", () => {
  it("a paused source is left alone, and caught up with when it goes on", async () => {
    publish("/a");
    const uid = await follower.follow(feed());
    await changeSource(follower.ctx, uid, { status: "paused" });
    expect((await follower.source(uid)).status).toBe("paused");
    await expect(askPoll(follower.ctx, uid)).rejects.toThrow(ConflictError);
    publish("/b", "/a");
    publisher.requests.length = 0;
    follower.clock.advance(48 * HOUR);
    await follower.sweep();
    expect(publisher.requests).toEqual([]);
    await changeSource(follower.ctx, uid, { status: "active" });
    await follower.work();
    expect(await follower.events()).toEqual(["published b"]);
  });

  it("a removed source is gone with its pages, its articles stay, and following it again tells nothing twice", async () => {
    publish("/a");
    const uid = await follower.follow(feed(), false);
    await removeSource(follower.ctx, uid);
    await expect(follower.source(uid)).rejects.toThrow(NotFoundError);
    await expect(removeSource(follower.ctx, uid)).rejects.toThrow(NotFoundError);
    await follower.follow(feed(), false);
    expect(await follower.events()).toEqual(["published a"]);
  });
});

describe.each(["sqlite", "postgres"] as const)("workers on %s", (on) => {
  /** A fetch that waits at the gate until the test opens it. */
  function gated() {
    const fetch = createGuardedFetch({ allowPrivate: true });
    let open: () => void = () => undefined;
    const gate = { asked: 0, closed: null as Promise<void> | null, open: () => open() };
    const shut = () => {
      gate.closed = new Promise((done) => {
        open = done;
      });
    };
    const fetchPage: FetchPage = async (url, ask) => {
      gate.asked += 1;
      await gate.closed;
      return fetch(url, ask);
    };
    return { gate, shut, fetchPage };
  }

  it("never look at one source at once, and one that dies costs time only", async () => {
    const { gate, shut, fetchPage } = gated();
    await follower.close();
    follower = await openFollower({ on, fetchPage });
    publish("/a");
    const uid = await follower.follow(feed());
    publish("/b", "/a");
    follower.clock.advance(30 * MINUTE);
    const id = await askPoll(follower.ctx, uid);
    shut();
    gate.asked = 0;
    const first = pollSource(follower.ctx, id);
    while (gate.asked === 0) await turn();
    expect(await Promise.all([pollSource(follower.ctx, id), pollSource(follower.ctx, id)])).toEqual([
      undefined,
      undefined,
    ]);
    expect(gate.asked).toBe(1);
    // The first worker is lost in its fetch; another takes over once its lease has run out.
    follower.clock.advance(5 * MINUTE);
    const second = pollSource(follower.ctx, id);
    while (gate.asked === 1) await turn();
    gate.open();
    await Promise.all([first, second]);
    await follower.work();
    expect(await follower.events()).toEqual(["published b"]);
    expect(await follower.source(uid)).toMatchObject({ status: "ok", pages: { known: 2, taken: 2, waiting: 0 } });
  });

  it("miss nothing of a page that becomes due while it is looked at", async () => {
    const { gate, shut, fetchPage } = gated();
    await follower.close();
    follower = await openFollower({ on, fetchPage });
    publish("/a");
    const uid = await follower.follow(feed());
    const id = await askPoll(follower.ctx, uid);
    await pollSource(follower.ctx, id);
    shut();
    gate.asked = 0;
    const look = pollSource(follower.ctx, id);
    while (gate.asked === 0) await turn();
    await askPoll(follower.ctx, uid);
    gate.open();
    expect(await look).toEqual({ again: 0 });
    expect(await follower.source(uid)).toMatchObject({ status: "waiting", pages: { waiting: 1 } });
  });
});

it("a list of 5,000 pages is followed whole", async () => {
  const pages = Object.fromEntries(Array.from({ length: 5_000 }, (_, place) => [`/${place}`, "2026-01-01"]));
  publisher.put("/sitemap.xml", sitemap(origin, pages));
  const { uid } = await followSource(follower.ctx, { url: `${origin}/sitemap.xml` });
  expect(await follower.source(uid)).toMatchObject({ status: "waiting", pages: { known: 5_000, waiting: 5_000 } });
});
