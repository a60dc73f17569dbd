import type { Claims } from "./claims.ts";
import type { Block } from "./lines.ts";
import type { MetaReading } from "./meta.ts";

/** No title that a person wrote is longer. */
const LONGEST = 1_000;

export interface Title {
  text: string;
  /** Known only from the page's `<title>`, which every page has. */
  weak: boolean;
}

/** The article's title: its headline, else the main heading, else what the head of the page calls it. */
export function settleTitle(jsonLd: Claims, microdata: Claims, blocks: Block[], meta: MetaReading): Title | null {
  const heading = blocks.find((block) => block.isTitle)?.text;
  const text = jsonLd.title[0] ?? heading ?? microdata.title[0] ?? meta.ogTitle;
  if (text) return { text: withoutSite(text, meta.siteName, false), weak: false };
  if (!meta.pageTitle) return null;
  const headed = blocks.find(({ kind, text }) => kind === "heading" && isTitleBefore(meta.pageTitle ?? "", text));
  if (headed) return { text: headed.text, weak: false };
  return { text: withoutSite(meta.pageTitle, meta.siteName, true), weak: true };
}

/** Whether the page's title is this heading followed by the site's name. */
function isTitleBefore(title: string, heading: string): boolean {
  return title === heading || (title.startsWith(heading) && /^\s+[|·»:–—-]\s/u.test(title.slice(heading.length)));
}

/** Takes a trailing " | Site" away: whatever follows a bar in a `<title>`, elsewhere only the site's own name. */
function withoutSite(title: string, siteName: string | null, anyName: boolean): string {
  if (title.length > LONGEST) return title;
  const match = /^(.+\S)\s+(?<bar>[|·»–—-])\s+(?<site>[^|·»]{1,60})$/u.exec(title);
  if (!match) return title;
  const named = siteName !== null && match.groups?.site?.toLowerCase() === siteName.toLowerCase();
  return named || (anyName && /[|·»]/.test(match.groups?.bar ?? "")) ? (match[1] ?? title) : title;
}
