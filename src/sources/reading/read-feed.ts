import { parseAtomFeed, parseJsonFeed, parseRdfFeed, parseRssFeed } from "feedsmith";
import { type Entry, gather, type Listing, MOST_PAGES, titleOf, unreadable } from "./listing.ts";

const AT_MOST = { maxItems: MOST_PAGES };
const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
/** RSS Syndication module, `updatePeriod`. */
const PERIODS: Record<string, number> = {
  hourly: HOUR_MS,
  daily: 24 * HOUR_MS,
  weekly: 168 * HOUR_MS,
  monthly: 720 * HOUR_MS,
  yearly: 8_760 * HOUR_MS,
};

/** What each format says, in one shape. Newest first, as feeds are. */
interface Feed {
  title: string | undefined;
  entries: Entry[];
  ttl?: number | undefined;
  sy?: { updatePeriod?: string; updateFrequency?: number } | undefined;
}

const FORMATS: Record<string, (text: string) => Feed> = { rss, feed: atom, rdf, "{": json };

/** Whether a document that begins with this element is a feed. */
export function isFeed(root: string): boolean {
  return Object.hasOwn(FORMATS, root);
}

/** Reads an RSS, RDF, Atom or JSON feed. Throws `InvalidError` that says what is wrong with it. */
export function readFeed(text: string, root: string, url: string): Listing {
  const { title, entries, ttl, sy } = parsed(text, root, url);
  const asked = [ttl ? ttl * MINUTE_MS : 0, syndication(sy)];
  return {
    kind: "feed",
    title: titleOf(title),
    ...gather(entries.reverse(), url),
    intervalMs: Math.max(...asked) || null,
    sitemaps: [],
  };
}

function parsed(text: string, root: string, url: string): Feed {
  const read = FORMATS[root];
  try {
    if (read) return read(text);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
  }
  throw unreadable(url, "begins like a feed, but cannot be read as one");
}

function syndication(sy: Feed["sy"]): number {
  const period = PERIODS[sy?.updatePeriod?.trim().toLowerCase() ?? ""] ?? 0;
  return period / Math.max(1, sy?.updateFrequency ?? 1);
}

/** RSS Advisory Board, RSS 2.0: a guid is the address unless it says that it is none. */
function rss(text: string): Feed {
  const feed = parseRssFeed(text, AT_MOST);
  const entries = (feed.items ?? []).map((item): Entry => {
    const { title, link, guid, pubDate, description } = item;
    const dates = [pubDate, item.atom?.updated, item.dc?.dates, item.dcterms?.modified];
    return {
      address: link?.trim() || (guid?.isPermaLink === false ? undefined : webOnly(guid?.value)),
      bases: [feed.link, feed.xml?.base, item.xml?.base],
      says: [title, dates, description, item.content?.encoded],
    };
  });
  return { title: feed.title, entries, ttl: feed.ttl, sy: feed.sy };
}

function rdf(text: string): Feed {
  const feed = parseRdfFeed(text, AT_MOST);
  const entries = (feed.items ?? []).map((item): Entry => {
    const dates = [item.dc?.dates, item.dcterms?.modified];
    return {
      address: item.link?.trim() || webOnly(item.rdf?.about),
      bases: [feed.link, feed.xml?.base, item.xml?.base],
      says: [item.title, dates, item.description, item.content?.encoded],
    };
  });
  return { title: feed.title, entries, sy: feed.sy };
}

/** RFC 4287, 4.2.7: a link without `rel` is the alternate one. */
function atom(text: string): Feed {
  const feed = parseAtomFeed(text, AT_MOST);
  const entries = (feed.entries ?? []).map((entry): Entry => {
    const alternates = (entry.links ?? []).filter(({ rel = "alternate" }) => rel === "alternate");
    const link = alternates.find(({ type = "text/html" }) => /html/i.test(type)) ?? alternates[0];
    return {
      address: link?.href?.trim() || webOnly(entry.id),
      bases: [feed.xml?.base, entry.xml?.base],
      says: [entry.title?.value, entry.updated, entry.published, entry.summary?.value, entry.content?.value],
    };
  });
  return { title: feed.title?.value, entries, sy: feed.sy };
}

/** JSON Feed 1.1. */
function json(text: string): Feed {
  const feed = parseJsonFeed(text, AT_MOST);
  const entries = (feed.items ?? []).map((item): Entry => {
    const { id, url, title, date_published, date_modified, summary, content_html, content_text } = item;
    return {
      address: url?.trim() || webOnly(id),
      bases: [feed.home_page_url],
      says: [title, date_published, date_modified, summary, content_html, content_text],
    };
  });
  return { title: feed.title, entries };
}

/** An identifier that also is an address. */
function webOnly(id: string | undefined): string | undefined {
  return id && /^\s*https?:/i.test(id) ? id : undefined;
}
