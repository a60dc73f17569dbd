import { AnswerError, type FetchedPage } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { UnavailableError } from "../errors.ts";
import { type Listing, MOST_PAGES, unreadable } from "./reading/listing.ts";
import { readList } from "./reading/read-list.ts";

/** What a source says now. */
export interface Reading {
  /** Null: nothing else than last time. */
  listing: Listing | null;
  /** Whether there was more than is followed of one source. */
  cut: boolean;
  etag: string | null;
  lastModified: string | null;
  maxAgeSeconds: number;
}

const MOST_SITEMAPS = 100;
/** For the sitemaps of an index together. */
const PATIENCE_MS = 90_000;

/**
 * Fetches a feed or sitemap, under the validators of the last time, and reads what it names. Throws as `FetchPage` does,
 * and `InvalidError` that says what it is instead.
 */
export async function readSource(
  ctx: Context,
  { url, etag, last_modified }: { url: string; etag: string | null; last_modified: string | null },
): Promise<Reading> {
  const fetched = await ctx.fetchPage(url, { as: "list", etag, lastModified: last_modified });
  return (await readFetched(ctx, fetched)) ?? refuse(url);
}

function refuse(url: string): never {
  throw unreadable(url, "is an HTML page, neither a feed nor a sitemap");
}

/** The same of a document in hand; null for an HTML page. */
export async function readFetched(ctx: Context, fetched: FetchedPage): Promise<Reading | null> {
  const { etag = null, lastModified = null, maxAgeSeconds = 0 } = fetched;
  if (fetched.unchanged) return { listing: null, cut: false, etag, lastModified, maxAgeSeconds };
  const listing = readList(fetched.body, fetched.url);
  if (!listing) return null;
  if (listing.sitemaps.length === 0) return { listing, cut: false, etag, lastModified, maxAgeSeconds };
  const whole = await readIndex(ctx, listing);
  // Its sitemaps change without it: an index is always read anew.
  return { ...whole, etag: null, lastModified: null, maxAgeSeconds };
}

/** The pages of an index's sitemaps, one after the other; one that is not there names nothing. */
async function readIndex(ctx: Context, index: Listing): Promise<{ listing: Listing; cut: boolean }> {
  const started = ctx.clock();
  const pages = new Map<string, string>();
  let unusable = 0;
  for (const url of index.sitemaps.slice(0, MOST_SITEMAPS)) {
    if (ctx.clock() - started > PATIENCE_MS) throw new UnavailableError(`The sitemaps of the index take too long.`);
    const child = await readChild(ctx, url);
    unusable += child?.unusable ?? 0;
    for (const [page, marker] of child?.pages ?? []) if (pages.size < MOST_PAGES) pages.set(page, marker);
  }
  const cut = pages.size === MOST_PAGES || index.sitemaps.length > MOST_SITEMAPS;
  return { listing: { ...index, pages, unusable }, cut };
}

async function readChild(ctx: Context, url: string): Promise<Listing | null> {
  try {
    const { body, url: at } = await ctx.fetchPage(url, { as: "list" });
    return readList(body, at) ?? refuse(at);
  } catch (error) {
    if (error instanceof AnswerError && (error.status === 404 || error.status === 410)) return null;
    throw error;
  }
}
