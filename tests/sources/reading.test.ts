import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { decodePage } from "../../src/articles/index.ts";
import { unpack } from "../../src/articles/unpack.ts";
import { InvalidError } from "../../src/errors.ts";
import { findFeed } from "../../src/sources/reading/find-feed.ts";
import type { Listing } from "../../src/sources/reading/listing.ts";
import { readList } from "../../src/sources/reading/read-list.ts";

const FOLDER = new URL("../fixtures/feeds/", import.meta.url);
const ORIGIN = "https://calm.example";
const URL_OF_LIST = `${ORIGIN}/lists/feed`;

/** What a file gives: paths on the site, oldest first, and what else is told; or why it gives nothing. */
type Expected =
  | { pages: string[]; unusable?: number; title?: string; sitemaps?: string[]; minutes?: number }
  | RegExp
  | "html";

const LAMPS = ["/lamps/"];
const EXPECTED: Record<string, Expected> = {
  "rss.xml": { pages: ["/sleep/", "/lamps/?part=1"], title: "Calm & Clear", minutes: 90 },
  "rss-relative.xml": {
    pages: [
      "https://www.calm.example/top",
      "/walks",
      "https://www.calm.example/articles/night/sleep",
      "https://www.calm.example/articles/lamps",
    ],
  },
  "rss-guid-only.xml": { pages: LAMPS, unusable: 2 },
  "rss-hostile-links.xml": { pages: LAMPS, unusable: 8 },
  "rss-duplicates.xml": { pages: LAMPS },
  "rss-odd-dates.xml": { pages: ["/d", "/c", "/b", "/a"] },
  "rss-091.xml": { pages: LAMPS, title: "Old" },
  "rss-cdata.xml": { pages: ["/lamps/?a=1&b=2"], title: "Calm <b>pages</b>" },
  "rss-latin1.xml": { pages: ["/sue%C3%B1o"], title: "Sueño" },
  "rss-wrong-charset.xml": { pages: LAMPS, title: "Sueño" },
  "rss-utf16.xml": { pages: LAMPS, title: "Sueño" },
  "rss-empty-channel.xml": { pages: [], title: "Nothing yet" },
  "rss-controls.xml": { pages: ["/a%00b"], title: "A B C" },
  "rss-prototype.xml": /cannot be read/,
  "rss-deep.xml": /cannot be read/,
  "rss-truncated.xml": /breaks off/,
  "rss-cut-between.xml": /breaks off/,
  "atom.xml": { pages: ["/walks/", "/articles/night/sleep/", "/articles/lamps/"], unusable: 1 },
  "atom-prefixed.xml": { pages: LAMPS, title: "Prefixed" },
  "atom-quotes-rss.xml": { pages: LAMPS, title: "About feeds" },
  "rdf.xml": { pages: ["/sleep/", "/lamps/"], title: "RDF" },
  "feed.json": { pages: ["/sleep/", "/lamps/"], unusable: 2, title: "JSON" },
  "not-a-feed.json": /cannot be read/,
  "broken.json": /cannot be read/,
  "sitemap.xml": { pages: ["/lamps/?a=1&b=2", "/sleep/"], unusable: 2 },
  "sitemap-prefixed.xml": { pages: LAMPS },
  "sitemap-empty.xml": { pages: [] },
  "sitemap-self-closed.xml": { pages: [] },
  "sitemap-index.xml": { pages: [], sitemaps: [`${ORIGIN}/a.xml`, `${ORIGIN}/b.xml.gz`] },
  "sitemap-truncated.xml": /breaks off/,
  "sitemap.xml.gz": { pages: LAMPS },
  "bomb-rss.xml": { pages: LAMPS },
  "bomb-sitemap.xml": { pages: LAMPS },
  "external-entity.xml": /cannot be read/,
  "empty.xml": /is empty/,
  "blank.xml": /is empty/,
  "text.txt": /neither a feed nor a sitemap/,
  "page.html": "html",
  "page-bare.html": "html",
  "page-mentions-rss.html": "html",
  "outlines.opml": /begins with <opml>/,
  "endless-comment.xml": /neither a feed nor a sitemap/,
};

async function read(name: string): Promise<Listing | null> {
  const bytes = await unpack(readFileSync(new URL(name, FOLDER)), 1_000_000);
  return readList(decodePage(bytes ?? new Uint8Array(), ""), URL_OF_LIST);
}

const pathsOf = ({ pages }: Listing) =>
  [...pages.keys()].map((url) => (url.startsWith(`${ORIGIN}/`) ? url.slice(ORIGIN.length) : url));

describe("a list of pages", () => {
  it("of every kind in the corpus is expected here", () => {
    expect(readdirSync(FOLDER).sort()).toEqual(Object.keys(EXPECTED).sort());
  });

  it.each(Object.entries(EXPECTED))("is read, or refused with a reason: %s", async (name, expected) => {
    if (expected instanceof RegExp) {
      const refused = read(name);
      await expect(refused).rejects.toThrow(InvalidError);
      await expect(refused).rejects.toThrow(expected);
    } else if (expected === "html") expect(await read(name)).toBeNull();
    else {
      const listing = (await read(name)) as Listing;
      const { pages, unusable = 0, title, sitemaps = [], minutes } = expected;
      expect(pathsOf(listing)).toEqual(pages);
      expect(listing).toMatchObject({ unusable, sitemaps, ...(title === undefined ? {} : { title }) });
      if (minutes !== undefined) expect(listing.intervalMs).toBe(minutes * 60_000);
    }
  });

  it("tells another state of an entry by its dates and words, and the same one by the same marker", async () => {
    const marker = (item: string) =>
      readList(
        `<rss version="2.0"><channel><item><link>${ORIGIN}/a</link>${item}</item></channel></rss>`,
        URL_OF_LIST,
      )?.pages.get(`${ORIGIN}/a`);
    const states = ["<pubDate>x</pubDate>", "<pubDate>y</pubDate>", "<title>t</title>", "<description>d</description>"];
    expect(new Set(states.map(marker)).size).toBe(states.length);
    expect(marker("<pubDate>x</pubDate>")).toBe(marker("<pubDate>x</pubDate><comments>7</comments>"));
  });

  it.each([
    ["an RSS feed", (url: string) => `<item><title>t</title><link>${url}</link></item>`, "rss", "channel"],
    ["a sitemap", (url: string) => `<url><loc>${url}</loc></url>`, "urlset", null],
  ])("of 60,000 entries is cut at 50,000: %s", (_, entry, root, inner) => {
    const entries = Array.from({ length: 60_000 }, (_, place) => entry(`${ORIGIN}/${place}`)).join("");
    const body = inner === null ? entries : `<${inner}>${entries}</${inner}>`;
    expect(readList(`<${root}>${body}</${root}>`, URL_OF_LIST)?.pages.size).toBe(50_000);
  });

  it.each([
    ["<rss version='2.0'><channel>", "<", 500_000, ""],
    ["<rss version='2.0'><channel>", "<!--", 200_000, "</rss>"],
    ["<urlset>", "<![CDATA[", 200_000, "</urlset>"],
    ["<urlset>", "<a>", 200_000, "</urlset>"],
    ["<urlset><url><loc>", "&amp;", 300_000, "</loc></url></urlset>"],
    ["", "<!-- x -->", 200_000, ""],
    ["", "<?x ?>", 200_000, ""],
    ["", "<!DOCTYPE x [", 200_000, ""],
    ["<feed>", " ", 2_000_000, "</feed>"],
  ])("built to exhaust its reader ends before the test gives up: %s%s", (head, part, times, tail) => {
    try {
      readList(head + part.repeat(times) + tail, URL_OF_LIST);
    } catch (error) {
      expect(error).toBeInstanceOf(InvalidError);
    }
  });
});

describe("the feed of a page", () => {
  const page = (...links: string[]) => `<html><head>${links.join("")}</head><body></body></html>`;
  const link = (href: string, type = "application/rss+xml", more = "") =>
    `<link rel="alternate" type="${type}" href="${href}" ${more}>`;

  it.each([
    ["RSS", page(link("/feed.xml")), `${ORIGIN}/feed.xml`],
    ["Atom", page(link("atom.xml", "application/atom+xml; charset=utf-8")), `${ORIGIN}/lists/atom.xml`],
    ["JSON Feed", page(link("/feed.json", "application/feed+json")), `${ORIGIN}/feed.json`],
    ["a base", page('<base href="https://other.example/x/">', link("feed.xml")), "https://other.example/x/feed.xml"],
    ["comments beside it", page(link("/c.xml", undefined, 'title="Comments Feed"'), link("/f.xml")), `${ORIGIN}/f.xml`],
    ["other alternates", page('<link rel="alternate" hreflang="es" href="/es">', link("/f.xml")), `${ORIGIN}/f.xml`],
    ["upper case", page('<LINK REL="ALTERNATE" TYPE="APPLICATION/RSS+XML" HREF="/f.xml">'), `${ORIGIN}/f.xml`],
    ["a script for an address", page(link("javascript:alert(1)")), null],
    ["none", page(), null],
  ])("is found: %s", (_, html, url) => {
    expect(findFeed(html, URL_OF_LIST)).toBe(url);
  });
});
