import { XMLParser } from "fast-xml-parser";
import { type Entry, gather, type Listing, MOST_PAGES, resolve, unreadable } from "./listing.ts";

const OPTIONS = {
  ignoreAttributes: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  removeNSPrefix: true,
  parseTagValue: false,
};

export function isSitemap(root: string): boolean {
  return root === "urlset" || root === "sitemapindex";
}

/** Reads a sitemap or an index of sitemaps (sitemaps.org protocol). Throws `InvalidError` when it is not well-formed. */
export function readSitemap(text: string, root: string, url: string): Listing {
  const top = parsed(text, url)[root];
  if (root === "sitemapindex") {
    const sitemaps = list(top, "sitemap").flatMap((one) => resolve(textOf(one, "loc"), [], url) ?? []);
    return { ...NOTHING, pages: new Map(), sitemaps: [...new Set(sitemaps)] };
  }
  const entries = list(top, "url").map(
    (one): Entry => ({ address: textOf(one, "loc"), says: [textOf(one, "lastmod")] }),
  );
  return { ...NOTHING, ...gather(entries.slice(0, MOST_PAGES), url) };
}

const NOTHING = { kind: "sitemap", title: null, unusable: 0, intervalMs: null, sitemaps: [] as string[] } as const;

function parsed(text: string, url: string): Record<string, unknown> {
  try {
    return new XMLParser(OPTIONS).parse(text) as Record<string, unknown>;
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw unreadable(url, "begins like a sitemap, but is not well-formed");
  }
}

/** What the parser makes of elements that may stand once, many times, or not at all. */
function list(parent: unknown, name: string): unknown[] {
  const found = isObject(parent) ? parent[name] : undefined;
  return Array.isArray(found) ? found : found === undefined ? [] : [found];
}

function textOf(parent: unknown, name: string): string | undefined {
  const [found] = list(parent, name);
  if (typeof found === "string") return found;
  const text = isObject(found) ? found["#text"] : undefined;
  return typeof text === "string" ? text : undefined;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}
