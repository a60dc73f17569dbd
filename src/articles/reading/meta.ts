import type { CheerioAPI } from "cheerio/slim";
import { type Claims, noClaims } from "./claims.ts";
import { splitNames } from "./names.ts";
import { plainText } from "./plain-text.ts";

type Field = Exclude<keyof Claims, "source">;

/** Open Graph, its article properties, Dublin Core and what publishers use beside them. */
const NAMES: Record<string, Field> = {
  description: "summary",
  "og:description": "summary",
  "dc.description": "summary",
  "article:published_time": "published",
  datepublished: "published",
  "dc.date": "published",
  "dc.date.issued": "published",
  "dcterms.issued": "published",
  citation_publication_date: "published",
  "publish-date": "published",
  pubdate: "published",
  "parsely-pub-date": "published",
  "article:modified_time": "updated",
  "og:updated_time": "updated",
  datemodified: "updated",
  "last-modified": "updated",
  "dcterms.modified": "updated",
  "dc.date.modified": "updated",
  lastreviewed: "reviewed",
  "last-reviewed": "reviewed",
  last_reviewed: "reviewed",
  "article:reviewed_time": "reviewed",
  "dc.date.reviewed": "reviewed",
  "reviewed-by": "reviewers",
  reviewedby: "reviewers",
  "article:section": "categories",
  "article:tag": "hints",
  keywords: "hints",
  news_keywords: "hints",
};

const MOST = 500;
/** Characters of one value. */
const LONGEST = 10_000;

export interface MetaReading {
  claims: Claims;
  /** `og:type`, lower case. */
  kind: string | null;
  ogTitle: string | null;
  siteName: string | null;
  /** `<title>`. */
  pageTitle: string | null;
  /** The address that the page gives itself: `rel=canonical`, else `og:url`. */
  canonical: string | null;
}

export function readMeta($: CheerioAPI): MetaReading {
  const claims = noClaims("the meta tags");
  const named = new Map<string, string>();
  for (const { attribs, parent } of $("meta").toArray().slice(0, MOST)) {
    const inHead = parent !== null && "name" in parent && parent.name === "head";
    const name = (attribs.property ?? attribs.name ?? (inHead ? attribs.itemprop : "") ?? "").trim().toLowerCase();
    const content = plainText((attribs.content ?? "").slice(0, LONGEST));
    if (name === "" || content === "") continue;
    if (!named.has(name)) named.set(name, content);
    addTo(claims, NAMES[name], content);
  }
  if (/read/i.test(named.get("twitter:label1") ?? "")) claims.readingTime.push(named.get("twitter:data1") ?? "");
  if (/read/i.test(named.get("twitter:label2") ?? "")) claims.readingTime.push(named.get("twitter:data2") ?? "");
  return {
    claims,
    kind: named.get("og:type")?.toLowerCase() ?? null,
    ogTitle: named.get("og:title") ?? null,
    siteName: named.get("og:site_name") ?? null,
    pageTitle: plainText($("title").first().text().slice(0, LONGEST)) || null,
    canonical: $("link[rel~=canonical]").attr("href")?.trim() || named.get("og:url") || null,
  };
}

function addTo(claims: Claims, field: Field | undefined, content: string): void {
  if (field === "hints") claims.hints.push(...content.split(/\s*[,;]\s*/).slice(0, MOST));
  else if (field === "reviewers") claims.reviewers.push(...splitNames(content));
  else if (field) claims[field].push(content);
}
