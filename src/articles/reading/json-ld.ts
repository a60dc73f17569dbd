import type { CheerioAPI } from "cheerio/slim";
import { looseMeaningOf } from "../words-of.ts";
import { type Claims, noClaims } from "./claims.ts";
import { isNode, type JsonLd, type JsonLdNode, readJsonLd, typesOf, valuesOf } from "./json-ld-nodes.ts";
import { texts } from "./json-ld-texts.ts";
import { splitNames, tidyName } from "./names.ts";

/** schema.org/Article and its subtypes, and schema.org/MedicalWebPage. */
const ARTICLE =
  /^(?:MedicalWebPage|(?:Medical)?ScholarlyArticle|TechArticle|APIReference|Report|BlogPosting|LiveBlogPosting|SocialMediaPosting|\w*Article\w*|ReviewNewsArticle)$/;
const PAGE = /^(?:\w*WebPage|AboutPage|FAQPage|ItemPage|HealthTopicContent)$/;
const LISTING = /^(?:CollectionPage|SearchResultsPage|ItemList|Blog|ContactPage|CheckoutPage|ProfilePage)$/;

/** Values of one property; characters of an address. */
const MOST_VALUES = 1_000;
const LONGEST_ADDRESS = 2_000;

export interface JsonLdReading {
  claims: Claims;
  /** Whether a node says that the page is an article. */
  isArticle: boolean;
  /** Whether a node says that the page lists others, and none that it is an article. */
  isListing: boolean;
  /** The body as the node gives it, for pages that write theirs by script. */
  body: string;
  broken: number;
}

/**
 * What the page's JSON-LD says of its article: the `MedicalWebPage` or `Article` (or a subtype) that stands for this
 * address or carries this heading, together with the `WebPage` around it. Sources: schema.org/Article,
 * schema.org/MedicalWebPage.
 */
export function readJsonLdClaims($: CheerioAPI, addresses: string[], heading: string): JsonLdReading {
  const found = readJsonLd($);
  const articles = found.nodes.filter(isArticle);
  const own = ofThisPage(found, isArticle, addresses, heading);
  const chosen = [...own, ...ofThisPage(found, isPage, addresses, heading)];
  const claims = noClaims("the JSON-LD");
  for (const node of chosen) addClaims(claims, node, found);
  return {
    claims,
    isArticle: own.length > 0,
    isListing: own.length === 0 && (articles.length > 1 || found.nodes.some(isListing)),
    body: chosen.flatMap((node) => texts(valuesOf(node, "articleBody"), found)).join("\n"),
    broken: found.broken,
  };
}

function isArticle(node: JsonLdNode): boolean {
  return typesOf(node).some((type) => ARTICLE.test(type));
}

function isPage(node: JsonLdNode): boolean {
  return !isArticle(node) && typesOf(node).some((type) => PAGE.test(type));
}

function isListing(node: JsonLdNode): boolean {
  return typesOf(node).some((type) => LISTING.test(type));
}

/**
 * Those that name this address, and those that name none unless they carry another headline; else all, when they agree
 * on one address (a copy elsewhere).
 */
function ofThisPage(
  found: JsonLd,
  test: (node: JsonLdNode) => boolean,
  addresses: string[],
  heading: string,
): JsonLdNode[] {
  const named = found.nodes.filter(test).map((node) => ({ node, names: addressesOf(node) }));
  const silent = named.filter(({ names }) => names.length === 0).map(({ node }) => node);
  const here = [...named.map(({ node }) => node), ...found.inner.filter(test)].filter((node) =>
    addressesOf(node).some((name) => addresses.includes(name)),
  );
  if (here.length + silent.length > 0) return [...here, ...fitting(silent, here, heading, found)];
  return new Set(named.flatMap(({ names }) => names)).size === 1 ? named.map(({ node }) => node) : [];
}

function fitting(silent: JsonLdNode[], here: JsonLdNode[], heading: string, found: JsonLd): JsonLdNode[] {
  const headlines = (node: JsonLdNode) => texts(valuesOf(node, "headline"), found).map(looseMeaningOf);
  const own = new Set([looseMeaningOf(heading), ...here.flatMap(headlines)]);
  const fit = silent.filter((node) => headlines(node).every((headline) => own.has(headline)));
  return [...here, ...fit].some((node) => headlines(node).length > 0) ? fit : silent;
}

function addressesOf(node: JsonLdNode): string[] {
  return ["url", "mainEntityOfPage", "@id"]
    .flatMap((property) => valuesOf(node, property))
    .map((value) => (isNode(value) ? value["@id"] : value))
    .filter((value): value is string => typeof value === "string" && /^https?:/i.test(value))
    .filter((value) => value.length <= LONGEST_ADDRESS)
    .map(comparable);
}

/** An address without what does not tell pages apart. */
export function comparable(url: string): string {
  return url
    .replace(/#.*$/, "")
    .replace(/^https?:\/\/(?:www\.)?/i, "")
    .replace(/(?:\/index\.\w+)?\/*$/i, "")
    .toLowerCase();
}

function addClaims(claims: Claims, node: JsonLdNode, found: JsonLd): void {
  const say = (...properties: string[]) =>
    properties
      .flatMap((property) => texts(valuesOf(node, property).slice(0, MOST_VALUES), found))
      .slice(0, MOST_VALUES);
  claims.title.push(...say("headline"), ...(isPage(node) ? [] : say("name")));
  claims.summary.push(...say("description"), ...say("abstract"));
  claims.url.push(...say("url"));
  claims.published.push(...say("datePublished"));
  claims.updated.push(...say("dateModified"));
  claims.reviewed.push(...say("lastReviewed", "dateReviewed"));
  claims.reviewers.push(
    ...valuesOf(node, "reviewedBy")
      .slice(0, MOST_VALUES)
      .flatMap((value) => reviewersOf(value, found)),
  );
  claims.readingTime.push(...say("timeRequired"));
  claims.categories.push(...say("articleSection"));
  const keywords = say("keywords").flatMap((words) => words.split(/\s*[,;]\s*/));
  claims.hints.push(...keywords.slice(0, MOST_VALUES), ...say("about", "specialty"));
  claims.references.push(...say("citation"));
}

/** A string may name several people; a node, one. */
function reviewersOf(value: unknown, found: JsonLd): string[] {
  if (typeof value !== "string") return texts([value], found).map(tidyName);
  const node = found.byId.get(value);
  if (!node && URL.canParse(value)) return [value];
  return node ? texts([node], found).map(tidyName) : texts([value], found).flatMap(splitNames);
}
