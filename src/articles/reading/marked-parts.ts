import type { CheerioAPI } from "cheerio/slim";
import type { Element } from "domhandler";
import { type Block, SEAM } from "./lines.ts";
import { plainText } from "./plain-text.ts";
import { textWithin } from "./tree.ts";
import { isHidden } from "./visibility.ts";

const CATEGORY = ".category, [rel~=category], .article-category, .post-category, .entry-category, [data-category]";
const STANDFIRST = ".standfirst, .dek, .lede, .article-summary, .subtitle, .excerpt";
const MOST = 20;
const LONGEST = 10_000;

/** What the page visibly files itself under. `head` holds the texts of the article's head: a label below it is a teaser's. */
export function readCategories($: CheerioAPI, head: Set<string>): string[] {
  return $(CATEGORY)
    .toArray()
    .slice(0, MOST)
    .filter((el) => !isHidden(el) && $(el).closest("nav, aside, footer").length === 0)
    .map((el) => ({ text: textOf(el), named: plainText(el.attribs["data-category"] ?? ""), rel: el.attribs.rel ?? "" }))
    .filter(({ text, rel }) => text === "" || head.has(text) || /\bcategory\b/.test(rel))
    .map(({ text, named }) => text || named)
    .filter((name) => name !== "" && name.length <= 100);
}

/** The sentence under the title, where the page marks it as such. */
export function readStandfirst($: CheerioAPI, head: Set<string>): string | null {
  const marked = $(STANDFIRST).toArray().slice(0, MOST).map(textOf);
  return marked.find((text) => head.has(text)) ?? null;
}

/** The texts of the lines before the first section, and of their parts. */
export function headTexts(blocks: Block[]): Set<string> {
  const title = blocks.findIndex(({ isTitle }) => isTitle);
  const first = blocks.findIndex(({ kind }, index) => index > title && kind === "heading");
  const head = first < 0 ? blocks : blocks.slice(0, first);
  return new Set(head.flatMap(({ text, marked }) => [text, ...marked.split(SEAM)]));
}

function textOf(el: Element): string {
  return plainText(textWithin(el, LONGEST));
}
