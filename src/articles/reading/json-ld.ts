import type { CheerioAPI } from "cheerio/slim";
import { type Claims, noClaims } from "./claims.ts";
import { isNode, type JsonLd, type JsonLdNode, localName, readJsonLd, typesOf, valuesOf } from "./json-ld-nodes.ts";
import { tidyName } from "./names.ts";
import { parsePage } from "./parse-page.ts";
import { plainText } from "./plain-text.ts";

/** schema.org/Article and its subtypes, and schema.org/MedicalWebPage. */
const ARTICLE =
  /^(?:MedicalWebPage|(?:Medical)?ScholarlyArticle|TechArticle|APIReference|Report|BlogPosting|LiveBlogPosting|SocialMediaPosting|\w*Article\w*|ReviewNewsArticle)$/;
const PAGE = /^(?:\w*WebPage|AboutPage|FAQPage|ItemPage|HealthTopicContent)$/;
const LISTING = /^(?:CollectionPage|SearchResultsPage|ItemList|Blog|ContactPage|CheckoutPage|ProfilePage)$/;

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
 * address, together with the `WebPage` around it. Sources: schema.org/Article, schema.org/MedicalWebPage.
 */
export function readJsonLdClaims($: CheerioAPI, addresses: string[]): JsonLdReading {
  const found = readJsonLd($);
  const articles = found.nodes.filter((node) => typesOf(node).some((type) => ARTICLE.test(type)));
  const pages = found.nodes.filter((node) => !articles.includes(node) && typesOf(node).some((type) => PAGE.test(type)));
  const own = ofThisPage(articles, addresses);
  const chosen = [...own, ...ofThisPage(pages, addresses)];
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

function isListing(node: JsonLdNode): boolean {
  return typesOf(node).some((type) => LISTING.test(type));
}

/** Those that name this address and those that name none; else all, when they agree on one address (a copy elsewhere). */
function ofThisPage(nodes: JsonLdNode[], addresses: string[]): JsonLdNode[] {
  const named = nodes.map((node) => ({ node, names: addressesOf(node) }));
  const here = named.filter(({ names }) => names.some((name) => addresses.includes(name)));
  const silent = named.filter(({ names }) => names.length === 0);
  if (here.length + silent.length > 0) return [...here, ...silent].map(({ node }) => node);
  return new Set(named.flatMap(({ names }) => names)).size === 1 ? nodes : [];
}

function addressesOf(node: JsonLdNode): string[] {
  return ["url", "mainEntityOfPage", "@id"]
    .flatMap((property) => valuesOf(node, property))
    .map((value) => (isNode(value) ? value["@id"] : value))
    .filter((value): value is string => typeof value === "string" && /^https?:/i.test(value))
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
  const say = (...properties: string[]) => properties.flatMap((property) => texts(valuesOf(node, property), found));
  const isPage = !typesOf(node).some((type) => ARTICLE.test(type));
  claims.title.push(...say("headline"), ...(isPage ? [] : say("name")));
  claims.summary.push(...say("description"), ...say("abstract"));
  claims.url.push(...say("url"));
  claims.published.push(...say("datePublished"));
  claims.updated.push(...say("dateModified"));
  claims.reviewed.push(...say("lastReviewed", "dateReviewed"));
  claims.reviewers.push(
    ...say("reviewedBy")
      .map(tidyName)
      .filter((name) => !claims.reviewers.includes(name)),
  );
  claims.readingTime.push(...say("timeRequired"));
  claims.categories.push(...say("articleSection"));
  claims.hints.push(...say("keywords").flatMap((words) => words.split(/\s*[,;]\s*/)), ...say("about", "specialty"));
  claims.references.push(...say("citation"));
}

function texts(values: unknown[], found: JsonLd, depth = 0): string[] {
  return values.flatMap((value) => {
    if (typeof value === "string" || typeof value === "number")
      return [inWords(String(value))].filter((text) => text !== "");
    if (Array.isArray(value) && depth < 3) return texts(value, found, depth + 1);
    return isNode(value) && depth < 3 ? textsOfNode(value, found, depth) : [];
  });
}

function textsOfNode(node: JsonLdNode, found: JsonLd, depth: number): string[] {
  if (node["@value"] !== undefined) return texts([node["@value"]], found, depth + 1);
  const target = typeof node["@id"] === "string" ? (found.byId.get(node["@id"]) ?? node) : node;
  const names = ["name", "headline", "termCode"]
    .map((property) => valuesOf(target, property))
    .find((list) => list.length > 0);
  return names ? texts(names.slice(0, 1), found, depth + 1) : [];
}

/** Systems put markup and entities into JSON strings; a term's IRI stands for its name. */
function inWords(text: string): string {
  const name = localName(text);
  return plainText(/[<&]/.test(name) && name.length < 100_000 ? parsePage(`${name} `).root().text() : name);
}
