import type { CheerioAPI } from "cheerio/slim";
import { InvalidError } from "../errors.ts";
import { settleAddress } from "./reading/address.ts";
import { readBlocks } from "./reading/blocks.ts";
import { comparable, type JsonLdReading, readJsonLdClaims } from "./reading/json-ld.ts";
import { LIMITS, listWithinLimit, sectionsWithinLimit, withinLimit } from "./reading/limits.ts";
import type { Block } from "./reading/lines.ts";
import { readCategories, readStandfirst } from "./reading/marked-parts.ts";
import { type MetaReading, readMeta } from "./reading/meta.ts";
import { readMicrodata } from "./reading/microdata.ts";
import { parsePage } from "./reading/parse-page.ts";
import { settleDay, settleMinutes, settleReviewers, warnOfOrder } from "./reading/reconcile.ts";
import { type Body, readBody } from "./reading/sections.ts";
import { settleTitle } from "./reading/title.ts";
import { readVisibleLabels } from "./reading/visible-labels.ts";
import { pathSegments, slugify } from "./slug.ts";
import type { VersionContent, Warning } from "./version-content.ts";

/** What was found on a page. */
export interface Extraction {
  /** `topics` are the page's own words for what it files itself under, not yet this site's slugs. */
  article: VersionContent & { slug: string; url: string };
  /** Keywords, subjects and path segments: may name topics or not. */
  hints: string[];
  warnings: Warning[];
}

/** Prose that makes an article of a page which does not call itself one, in characters. */
const PROSE = 600;
const LEAST = 40;

/**
 * Reads the article of a page: JSON-LD first, then meta tags, microdata and the labels its reader sees. `url` says where
 * the page was found; null leaves that to the page's own canonical address. What the page does not say is null; what it
 * says ambiguously is null with a warning. Pure. Throws `InvalidError` that says what was looked for when the page
 * holds no article, is empty or is larger than 5 MB.
 */
export function extract(html: string, url: string | null): Extraction {
  const $ = parsePage(html);
  const warnings: Warning[] = [];
  const meta = readMeta($);
  const address = settleAddress(url, meta.canonical, warnings);
  const page = readPage($, meta, [address, url ?? address].map(comparable));
  if (page.jsonLd.broken > 0)
    warnings.push({ field: "json-ld", text: "a JSON-LD block is not valid JSON and was not used" });
  if (html.includes("\ufffd"))
    warnings.push({ field: "text", text: "some characters could not be decoded; is the charset right?" });
  const { title, body } = readArticle(page, address);
  const article = { slug: slugOf(address, title), url: address, ...contentOf(page, title, body, warnings) };
  return { article, hints: [...hintsOf(page), ...pathSegments(address)], warnings: distinct(warnings) };
}

interface Page {
  meta: MetaReading;
  jsonLd: JsonLdReading;
  microdata: ReturnType<typeof readMicrodata>;
  blocks: Block[];
  labels: ReturnType<typeof readVisibleLabels>;
  categories: string[];
  standfirst: string | null;
}

function readPage($: CheerioAPI, meta: MetaReading, addresses: string[]): Page {
  const blocks = readBlocks($);
  return {
    meta,
    jsonLd: readJsonLdClaims($, addresses),
    microdata: readMicrodata($),
    blocks,
    labels: readVisibleLabels(blocks),
    categories: readCategories($),
    standfirst: readStandfirst($),
  };
}

/** Best source first. */
function sourcesOf({ jsonLd, meta, microdata, labels }: Page) {
  return [jsonLd.claims, meta.claims, microdata.claims, labels.claims];
}

function readArticle(page: Page, address: string): { title: string; body: Body } {
  const title = settleTitle(page.jsonLd.claims, page.microdata.claims, page.blocks, page.meta);
  const known = [...sourcesOf(page).flatMap(({ summary }) => summary), ...page.categories, page.standfirst ?? ""];
  const body = readBody(page.blocks, page.labels.labels, title?.text ?? "", known);
  if (body.sections.length === 0 && page.jsonLd.body.length >= LEAST) {
    body.sections.push({ heading: "", level: 1, text: page.jsonLd.body });
  }
  const missing = whatIsMissing(page, title, body, address);
  if (missing !== null) throw new InvalidError(`There is no article in this page. ${missing}`);
  return { title: title?.text ?? "", body };
}

/** Why the page is not taken for an article, or null. */
function whatIsMissing(page: Page, title: ReturnType<typeof settleTitle>, body: Body, address: string): string | null {
  const prose = body.sections.reduce((sum, section) => sum + section.text.length, 0);
  const { published, updated, reviewed } = page.labels.claims;
  const dated = published.length + updated.length + reviewed.length > 0 || page.meta.claims.published.length > 0;
  const declared = page.jsonLd.isArticle || page.microdata.isArticle || page.meta.kind === "article";
  const looked =
    "Looked for JSON-LD of a MedicalWebPage or Article, og:type article, a main heading (h1), dates and body text";
  if (!title) return `${looked}; found no heading.`;
  if (prose < LEAST) return `${looked}; found the heading but no body text.`;
  if (declared) return null;
  if (page.jsonLd.isListing || body.linkedHeadings > 0.5) return `${looked}; found a list of other pages.`;
  if (dated) return null;
  if (title.weak) return `${looked}; found only a page title.`;
  if (pathSegments(address).length === 0) return `${looked}; found a front page without dates.`;
  return prose >= PROSE ? null : `${looked}; found a heading over ${prose} characters of text, without dates.`;
}

function contentOf(page: Page, title: string, body: Body, warnings: Warning[]): VersionContent {
  const sources = sourcesOf(page);
  const summary = sources.flatMap((claims) => claims.summary)[0] ?? page.standfirst;
  const days = {
    publishedOn: settleDay("published", sources, warnings),
    updatedOn: settleDay("updated", sources, warnings),
    reviewedOn: settleDay("reviewed", sources, warnings),
  };
  warnOfOrder(days, warnings);
  const references = body.references.length > 0 ? body.references : page.jsonLd.claims.references;
  return {
    title: withinLimit("title", title, LIMITS.title, warnings),
    summary: summary ? withinLimit("summary", summary, LIMITS.summary, warnings) : null,
    ...days,
    reviewers: listWithinLimit("reviewers", settleReviewers(sources, warnings), LIMITS.reviewers, warnings),
    readingMinutes: settleMinutes(sources, warnings),
    references: listWithinLimit("references", references, LIMITS.references, warnings).map((text) =>
      withinLimit("references", text, LIMITS.reference, warnings),
    ),
    topics: topicsOf(page),
    sections: sectionsWithinLimit(body.sections, warnings),
  };
}

function topicsOf(page: Page): string[] {
  const all = [...sourcesOf(page).flatMap(({ categories }) => categories), ...page.categories];
  return [...new Set(all)].filter((name) => name.length <= LIMITS.topic).slice(0, LIMITS.topics);
}

function hintsOf(page: Page): string[] {
  const all = sourcesOf(page).flatMap(({ hints }) => hints);
  return [...new Set(all)].filter((name) => name !== "" && name.length <= LIMITS.topic).slice(0, LIMITS.topics);
}

function slugOf(address: string, title: string): string {
  const last = slugify(pathSegments(address).at(-1) ?? "");
  return last || slugify(title) || "article";
}

function distinct(warnings: Warning[]): Warning[] {
  return [...new Map(warnings.map((warning) => [`${warning.field}\n${warning.text}`, warning])).values()];
}
