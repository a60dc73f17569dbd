import type { CheerioAPI } from "cheerio/slim";
import { InvalidError } from "../errors.ts";
import { settleAddress } from "./reading/address.ts";
import { readBlocks } from "./reading/blocks.ts";
import { comparable, type JsonLdReading, readJsonLdClaims } from "./reading/json-ld.ts";
import { LIMITS, listWithinLimit, sectionsWithinLimit, withinLimit } from "./reading/limits.ts";
import type { Block } from "./reading/lines.ts";
import { headTexts, readCategories, readStandfirst } from "./reading/marked-parts.ts";
import { type MetaReading, readMeta } from "./reading/meta.ts";
import { readMicrodata } from "./reading/microdata.ts";
import { otherFile, otherPage } from "./reading/not-an-article.ts";
import { parsePage } from "./reading/parse-page.ts";
import { plainText, shorten } from "./reading/plain-text.ts";
import { settleDay, settleMinutes, settleReviewers, warnOfOrder } from "./reading/reconcile.ts";
import { type Body, readBody } from "./reading/sections.ts";
import { settleTitle, type Title } from "./reading/title.ts";
import { mainHeading, openFolds } from "./reading/visibility.ts";
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
const PROSE = 250;
/** Less is enough under several headings. */
const PROSE_IN_SECTIONS = 100;
const LEAST = 40;
/** Share of links from which on text is a list of other pages. */
const LIST = 0.7;

/**
 * Reads the article of a page: JSON-LD first, then meta tags, microdata and the labels its reader sees. `url` says where
 * the page was found; null leaves that to the page's own canonical address. What the page does not say is null; what it
 * says ambiguously is null with a warning. Pure. Throws `InvalidError` that says what was looked for when the page
 * holds no article, is empty or is larger than 5 MB.
 */
export function extract(html: string, url: string | null): Extraction {
  const other = otherFile(html);
  if (other !== null) throw new InvalidError(`There is no article in this page: it is ${other}.`);
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
  openFolds($);
  const title = mainHeading($);
  const blocks = readBlocks($, title);
  const head = headTexts(blocks);
  const heading = blocks.find(({ isTitle }) => isTitle)?.text ?? "";
  return {
    meta,
    jsonLd: readJsonLdClaims($, addresses, heading),
    microdata: readMicrodata($, title),
    blocks,
    labels: readVisibleLabels(blocks),
    categories: readCategories($, head),
    standfirst: readStandfirst($, head),
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
function whatIsMissing(page: Page, title: Title | null, body: Body, address: string): string | null {
  const prose = body.sections.reduce((sum, section) => sum + section.text.length, 0);
  const { published, updated, reviewed } = page.labels.claims;
  const dated = published.length + updated.length + reviewed.length > 0 || page.meta.claims.published.length > 0;
  const declared = page.jsonLd.isArticle || page.microdata.isArticle || page.meta.kind === "article";
  const looked =
    "Looked for JSON-LD of a MedicalWebPage or Article, og:type article, a main heading (h1), dates and body text";
  if (!title) return `${looked}; found no heading.`;
  const notice = otherPage([title.text, page.meta.pageTitle ?? ""]);
  if (notice !== null) return `${looked}; found ${notice}: "${shorten(title.text, 100)}".`;
  const lists = body.linkedHeadings > 0.5 || body.linkedText > LIST;
  if (prose < LEAST) return `${looked}; ${withoutProse(title, lists)}.`;
  if (declared) return null;
  if (page.jsonLd.isListing || lists) return `${looked}; found a list of other pages.`;
  if (dated) return null;
  if (title.weak) return `${looked}; found only a page title.`;
  if (pathSegments(address).length === 0) return `${looked}; found a front page without dates.`;
  const sections = body.sections.filter(({ heading }) => heading !== "").length;
  return prose >= (sections > 1 ? PROSE_IN_SECTIONS : PROSE)
    ? null
    : `${looked}; found a heading over ${prose} characters of text, without dates.`;
}

function withoutProse(title: Title, lists: boolean): string {
  if (lists) return "found a list of other pages";
  return title.weak ? "found only a page title (is the text written by script?)" : "found the heading but no body text";
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
  if (Object.values(days).every((day) => day === null)) warnings.push(...undated(page, warnings));
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

/** Says of a page without days that it has none, unless it was said why they cannot be read. */
function undated({ labels }: Page, said: Warning[]): Warning[] {
  const [day] = labels.unlabelled;
  if (day !== undefined) {
    const text = `"${shorten(plainText(day), 60)}" stands there without a word that says what day it is`;
    return [{ field: "publishedOn", text }];
  }
  if (said.some(({ field }) => /^(?:published|updated|reviewed)On$/.test(field))) return [];
  return [{ field: "publishedOn", text: "no day of publication, update or review was found on the page" }];
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
