import type { Site } from "../config.ts";

/**
 * Why a page that a source names is not followed, or null: pages are taken from the source's own host and from those of
 * the publication (SITE_URL, SITE_ORIGINS), so that a feed which quotes others does not publish them. Pure.
 */
export function whyOutside(site: Site, sourceUrl: string, pageUrl: string): string | null {
  const own = new Set([sourceUrl, site.url, ...site.origins].map(hostOf));
  const host = hostOf(pageUrl);
  return own.has(host) ? null : `${host} is neither the source's host nor one of SITE_URL and SITE_ORIGINS`;
}

function hostOf(url: string): string {
  return new URL(url).hostname.replace(/^www\./, "");
}
