import type { CheerioAPI } from "cheerio/slim";
import type { Element } from "domhandler";
import { type Claims, noClaims } from "./claims.ts";
import { tidyName } from "./names.ts";
import { plainText } from "./plain-text.ts";

const ARTICLE = /schema\.org\/(?:MedicalWebPage|\w*Article|BlogPosting|Report)\b/i;
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

/** What the article's microdata says: the first item of an article type, without the items inside it but their names. */
export function readMicrodata($: CheerioAPI): { claims: Claims; isArticle: boolean } {
  const claims = noClaims("the microdata");
  const item = $("[itemscope][itemtype]")
    .toArray()
    .find((el) => ARTICLE.test(el.attribs.itemtype ?? ""));
  if (!item) return { claims, isArticle: false };
  for (const el of $(item).find("[itemprop]").toArray().slice(0, 500)) {
    if ($(el).parent().closest("[itemscope]").get(0) !== item) continue;
    for (const property of (el.attribs.itemprop ?? "").split(/\s+/)) {
      const field = Object.hasOwn(FIELDS, property) ? FIELDS[property as keyof typeof FIELDS] : null;
      const value = plainText(itemValue($, el));
      if (field && value !== "") claims[field].push(field === "reviewers" ? tidyName(value) : value);
    }
  }
  return { claims, isArticle: true };
}

function itemValue($: CheerioAPI, el: Element): string {
  const name = el.attribs.itemscope === undefined ? [] : $(el).find("[itemprop=name]").toArray();
  const holder = name[0] ?? el;
  return holder.attribs.content ?? holder.attribs.datetime ?? $(holder).text();
}
