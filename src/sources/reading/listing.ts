import { createHash } from "node:crypto";
import { webAddress } from "../../articles/index.ts";
import { InvalidError } from "../../errors.ts";

/** What a feed or sitemap names. */
export interface Listing {
  kind: "feed" | "sitemap";
  title: string | null;
  /** Each page once, oldest first where the list has an order, with what is said of it as a short hash. */
  pages: Map<string, string>;
  /** Entries that give no web address. */
  unusable: number;
  /** How long the feed asks to be left alone; null when it does not say. */
  intervalMs: number | null;
  /** Further sitemaps, for a sitemap index. */
  sitemaps: string[];
}

/** As many as a sitemap may name (sitemaps.org protocol). */
export const MOST_PAGES = 50_000;
const LONGEST_TITLE = 300;
/** Once percent-encoded; what is longer cannot be indexed. */
const LONGEST_ADDRESS = 2_000;

/** An entry as the document gives it: an address, what it is relative to, and all that tells one state from another. */
export interface Entry {
  address: string | undefined;
  bases?: (string | undefined)[];
  says: unknown[];
}

/** Gathers entries into pages: the first entry of an address counts, and what has no web address is left out. */
export function gather(entries: Entry[], documentUrl: string): Pick<Listing, "pages" | "unusable"> {
  const pages = new Map<string, string>();
  let unusable = 0;
  for (const { address, bases = [], says } of entries) {
    const url = resolve(address, [...bases], documentUrl);
    if (url === null || url.length > LONGEST_ADDRESS) unusable += 1;
    else if (!pages.has(url)) pages.set(url, marker(says));
  }
  return { pages, unusable };
}

/** An address by the innermost base (XML Base, 4), each of which may be relative to the one before; null when it is none. */
export function resolve(
  address: string | undefined,
  bases: (string | undefined)[],
  documentUrl: string,
): string | null {
  const given = address?.trim();
  if (!given) return null;
  const base = bases.reduce<string>(
    (outer, next) => (next ? (webAddress(next.trim(), outer) ?? outer) : outer),
    documentUrl,
  );
  return webAddress(given, base);
}

function marker(says: unknown[]): string {
  return createHash("sha256").update(JSON.stringify(says)).digest("base64url").slice(0, 22);
}

export function titleOf(text: string | undefined): string | null {
  return (
    text
      ?.replace(/[\s\p{Cc}]+/gu, " ")
      .trim()
      .slice(0, LONGEST_TITLE) || null
  );
}

export function unreadable(url: string, why: string): InvalidError {
  return new InvalidError(`${url} ${why}.`, [{ field: "url", text: why }]);
}
