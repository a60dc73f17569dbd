import { parsePage, webAddress } from "../../articles/index.ts";

const FEED = /^application\/(?:rss\+xml|atom\+xml|feed\+json|json)\s*(?:;|$)/i;

/** The feed that an HTML page names (HTML, "link type alternate"), or null; one of comments only when it has no other. */
export function findFeed(html: string, url: string): string | null {
  const $ = parsePage(html);
  const base = webAddress($("base[href]").attr("href") ?? "", url) ?? url;
  const named = $('link[rel~="alternate" i][href]')
    .toArray()
    .filter((link) => FEED.test($(link).attr("type") ?? ""))
    .map((link) => ({ title: $(link).attr("title") ?? "", url: webAddress($(link).attr("href") ?? "", base) }))
    .filter((link) => link.url !== null);
  const best = named.find(({ title }) => !/comment/i.test(title)) ?? named[0];
  return best?.url ?? null;
}
