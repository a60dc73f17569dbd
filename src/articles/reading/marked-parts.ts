import type { CheerioAPI } from "cheerio/slim";
import { plainText } from "./plain-text.ts";
import { isHidden } from "./visibility.ts";

const CATEGORY = ".category, [rel~=category], .article-category, .post-category, .entry-category, [data-category]";
const STANDFIRST = ".standfirst, .dek, .lede, .article-summary, .subtitle, .excerpt";
const MOST = 20;

/** What the page visibly files itself under. */
export function readCategories($: CheerioAPI): string[] {
  return $(CATEGORY)
    .toArray()
    .slice(0, MOST)
    .filter((el) => !isHidden(el) && $(el).closest("nav, aside, footer").length === 0)
    .map((el) => plainText($(el).text()) || plainText(el.attribs["data-category"] ?? ""))
    .filter((name) => name !== "" && name.length <= 100);
}

/** The sentence under the title, where the page marks it as such. */
export function readStandfirst($: CheerioAPI): string | null {
  const el = $("main, article, body").first().find(STANDFIRST).get(0);
  return (el && plainText($(el).text())) || null;
}
