import type { CheerioAPI } from "cheerio/slim";
import { type Element, isTag } from "domhandler";
import { isWithin, lineage, textLength } from "./tree.ts";
import { tokensOf } from "./visibility.ts";

const CARD_LENGTH = 600;
const WHOLE = 5_000_000;

/** Where the article's lines are looked for. */
export interface Scope {
  /** The main part of the page, or all of it. */
  roots: Element[];
  /** The article's own element, when it holds both the heading and most of the text. */
  own: Element | null;
  /** Teasers of other articles. */
  cards: Set<Element>;
  /** The page's main heading. */
  title: Element | null;
}

export function scopeOf($: CheerioAPI, title: Element | null): Scope {
  const roots = rootsOf($, title);
  return { roots, own: ownArticle(roots, title), cards: cardsIn($, title), title };
}

function rootsOf($: CheerioAPI, title: Element | null): Element[] {
  const mains = $("main, [role=main]").toArray().slice(0, 10);
  const main = title ? mains.find((el) => isWithin(title, el)) : mains[0];
  if (main) return [main];
  const body = $("body").get(0);
  return body ? [body] : $.root().contents().toArray().filter(isTag);
}

function ownArticle(roots: Element[], title: Element | null): Element | null {
  const article = title ? [...lineage(title)].find((el) => el.name === "article") : undefined;
  if (!article) return null;
  const all = roots.reduce((sum, el) => sum + textLength(el, WHOLE), 0);
  return textLength(article, WHOLE) * 2 > all ? article : null;
}

function cardsIn($: CheerioAPI, title: Element | null): Set<Element> {
  const short = $("article")
    .toArray()
    .filter((el) => textLength(el, CARD_LENGTH) < CARD_LENGTH && !(title && isWithin(title, el)));
  return new Set(short.length >= 2 ? short : []);
}

const EDGES = /^(?:(?:site|global|main|page)[-_]?)?footer$/i;

function isEdge(el: Element): boolean {
  if (["header", "footer"].includes(el.name) || ["banner", "contentinfo"].includes(el.attribs.role ?? "")) return true;
  return el.name === "div" && tokensOf(el).some((token) => EDGES.test(token));
}

/** Whether the element is the site's own head or foot, as opposed to the head of an article or section. */
export function isSiteEdge(el: Element, { roots, title }: Scope): boolean {
  if (!isEdge(el)) return false;
  if (title && isWithin(title, el)) return false;
  const root = roots[0];
  if (root && (root.name === "main" || root.attribs.role === "main")) return false;
  for (const at of lineage(el)) if (["article", "section", "main"].includes(at.name)) return false;
  return true;
}
