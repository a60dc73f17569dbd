import { type Listing, unreadable } from "./listing.ts";
import { isFeed, readFeed } from "./read-feed.ts";
import { isSitemap, readSitemap } from "./read-sitemap.ts";
import { isWhole, rootOf } from "./root-of.ts";

/**
 * Reads a document that lists pages: a feed, a sitemap or an index of sitemaps, told by its first element whatever its
 * content type. Null for an HTML page. Pure. Throws `InvalidError` that says why it is none of these.
 */
export function readList(text: string, url: string): Listing | null {
  const root = rootOf(text);
  if (root === null) throw unreadable(url, text.trim() === "" ? "is empty" : "is neither a feed nor a sitemap");
  if (["html", "head", "body"].includes(root.name) || /^\s*<!doctype\s+html/i.test(text)) return null;
  const read = isFeed(root.name) ? readFeed : isSitemap(root.name) ? readSitemap : null;
  if (!read) throw unreadable(url, `is neither a feed nor a sitemap; it begins with <${root.tag.slice(0, 50)}>`);
  if (!isWhole(text, root.tag)) throw unreadable(url, "breaks off before its end");
  return read(text, root.name, url);
}
