import type { CheerioAPI } from "cheerio/slim";
import { type ChildNode, type Element, isTag } from "domhandler";
import { looseMeaningOf } from "../words-of.ts";
import { type Claims, noClaims } from "./claims.ts";
import { splitNames, tidyName } from "./names.ts";
import { plainText } from "./plain-text.ts";
import { isWithin, textWithin } from "./tree.ts";

const ARTICLE = /schema\.org\/(?:MedicalWebPage|\w*Article|BlogPosting|Report)\b/i;
const PAGE = /schema\.org\/\w*WebPage\b/i;
const MOST = 500;
const LONGEST = 10_000;
const FIELDS = {
  headline: "title",
  description: "summary",
  datePublished: "published",
  dateModified: "updated",
  lastReviewed: "reviewed",
  reviewedBy: "reviewers",
  timeRequired: "readingTime",
  articleSection: "categories",
  keywords: "hints",
} as const;

/**
 * What the article's microdata says, without the items inside it but their names. The article's are the items that hold
 * the page's main heading, else the only one when it carries the same headline or none: others are teasers.
 */
export function readMicrodata($: CheerioAPI, title: Element | null): { claims: Claims; isArticle: boolean } {
  const claims = noClaims("the microdata");
  const items = $("[itemscope][itemtype]").toArray().slice(0, MOST);
  const own = ownItems(items, title);
  for (const item of own) for (const el of propertiesOf(item).slice(0, MOST)) addClaims(claims, el);
  return { claims, isArticle: own.some((el) => ARTICLE.test(el.attribs.itemtype ?? "")) };
}

function ownItems(items: Element[], title: Element | null): Element[] {
  const articles = items.filter((el) => ARTICLE.test(el.attribs.itemtype ?? ""));
  const pages = items.filter((el) => !articles.includes(el) && PAGE.test(el.attribs.itemtype ?? ""));
  const holding = (list: Element[]) => list.filter((el) => title !== null && isWithin(title, el));
  const own = holding(articles);
  if (own.length === 0 && articles.length === 1)
    own.push(...articles.filter((el) => title === null || carries(el, title)));
  return [...own, ...holding(pages)];
}

function carries(item: Element, title: Element): boolean {
  const headline = propertiesOf(item).find((el) => namesOf(el).includes("headline"));
  return !headline || looseMeaningOf(readValue(headline)) === looseMeaningOf(textWithin(title, LONGEST));
}

function addClaims(claims: Claims, el: Element): void {
  for (const property of namesOf(el)) {
    const field = Object.hasOwn(FIELDS, property) ? FIELDS[property as keyof typeof FIELDS] : null;
    const value = field ? readValue(el) : "";
    if (!field || value === "") continue;
    if (field !== "reviewers") claims[field].push(value);
    else claims.reviewers.push(...(el.attribs.itemscope === undefined ? splitNames(value) : [tidyName(value)]));
  }
}

function namesOf(el: Element): string[] {
  return (el.attribs.itemprop ?? "").split(/\s+/).slice(0, 20);
}

/** The elements that carry a property of this item, in page order. */
function propertiesOf(item: Element): Element[] {
  const found: Element[] = [];
  const waiting: ChildNode[] = [...item.children].reverse();
  for (let node = waiting.pop(); node; node = waiting.pop()) {
    if (!isTag(node)) continue;
    if (node.attribs.itemprop !== undefined) found.push(node);
    if (node.attribs.itemscope === undefined) for (const child of [...node.children].reverse()) waiting.push(child);
  }
  return found;
}

function readValue(el: Element): string {
  const named =
    el.attribs.itemscope === undefined ? undefined : propertiesOf(el).find((inner) => namesOf(inner).includes("name"));
  const holder = named ?? el;
  return plainText(holder.attribs.content ?? holder.attribs.datetime ?? textWithin(holder, LONGEST));
}
