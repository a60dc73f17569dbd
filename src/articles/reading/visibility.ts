import type { CheerioAPI } from "cheerio/slim";
import type { Element } from "domhandler";
import { isWithin, lineage, textLength } from "./tree.ts";

const NEVER_TEXT = new Set(
  "title script style template noscript nav iframe object embed video audio canvas svg select textarea input head aside link meta".split(
    " ",
  ),
);
/** Characters of a class attribute that are looked at. */
const LONGEST_CLASS = 500;
const FURNITURE_ROLES = new Set("navigation search dialog alertdialog menu menubar toolbar complementary".split(" "));
const FURNITURE_CLASSES =
  /^(?:breadcrumbs?|share|social-share|(?:share|social)[-_](?:buttons?|links|bar)|related(?:[-_](?:articles|posts|content))?|comments?(?:[-_]?(?:list|area|section|form|respond))?|respond|newsletter(?:[-_](?:signup|form|box))?|toc|table-of-contents|advertisement|side-?bar(?:-\w+)?|widget-area|print-only|visible-print(?:-\w+)?)$/i;
/** Notices of cookies and consent, under the names that their makers give them. */
const CONSENT =
  /^(?:cookies?[-_]?(?:banner|consent|notice|bar|law|policy-banner|message|modal|popup)|onetrust|ot-sdk|cc-(?:banner|window)|gdpr|consent[-_]?(?:banner|modal|popup)|cmplz|cky-|didomi|usercentrics)/i;
/** Words for those who listen to the page: about its links and pictures, seldom of the article. */
const FOR_LISTENERS = /(?:^|-)(?:sr-only|visually-?hidden|screen-reader-text|screenreader-only|element-invisible)$/i;

/** Whether a reader of the page does not see the element. A tab or fold that is not open is still there to be read. */
export function isHidden({ attribs }: Element): boolean {
  if (attribs.role === "tabpanel" || (attribs.role === "region" && attribs["aria-labelledby"] !== undefined))
    return false;
  if (attribs["aria-hidden"]?.trim().toLowerCase() === "true") return true;
  if (attribs.hidden !== undefined && attribs.hidden !== "until-found") return true;
  return /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribs.style ?? "");
}

const FOLDS = 1_000;

/** What a heading's button opens is there to be read: marks it as the fold it is, as the ARIA pattern would. */
export function openFolds($: CheerioAPI): void {
  const buttons = $("[aria-controls]").toArray().slice(0, FOLDS);
  const ids = new Set(
    buttons
      .filter((el) => under(el, (at) => /^(?:h[2-6]|dt)$/.test(at.name)))
      .map(({ attribs }) => attribs["aria-controls"]),
  );
  if (ids.size > 0) for (const el of $("[id]").toArray()) if (ids.has(el.attribs.id)) el.attribs.role = "tabpanel";
}

/** Whether the element and what is in it stand around the article rather than in it. `title` is the page's main heading. */
export function isFurniture(el: Element, title: Element | null, inHeading: boolean): boolean {
  const { name, attribs } = el;
  if (NEVER_TEXT.has(name) || isHidden(el)) return true;
  if (name === "button") return !inHeading;
  if (name === "dialog") return attribs.open === undefined;
  const furniture =
    name === "form" ||
    FURNITURE_ROLES.has(attribs.role ?? "") ||
    tokensOf(el).some((token) => FURNITURE_CLASSES.test(token) || CONSENT.test(token)) ||
    (!/^h\d$/.test(name) && tokensOf(el).some((token) => FOR_LISTENERS.test(token)));
  return furniture && !(title !== null && isWithin(title, el));
}

/** Its classes and id. */
export function tokensOf({ attribs }: Element): string[] {
  return [...(attribs.class ?? "").slice(0, LONGEST_CLASS).split(/\s+/), attribs.id ?? ""];
}

const HEADINGS_READ = 50;

/** The page's main heading: the first seen `h1`, one inside the main part before one in the page's head. */
export function mainHeading($: CheerioAPI): Element | null {
  const seen = $("h1")
    .toArray()
    .slice(0, HEADINGS_READ)
    .filter(
      (el) => textLength(el, 1) > 0 && !under(el, (at) => at.name === "nav" || at.name === "aside" || isHidden(at)),
    );
  const isMain = (at: Element) => at.name === "main" || at.name === "article" || at.attribs.role === "main";
  const isEdge = (at: Element) => at.name === "header" || at.name === "footer";
  return seen.find((el) => under(el, isMain)) ?? seen.find((el) => !under(el, isEdge)) ?? seen[0] ?? null;
}

function under(el: Element, test: (at: Element) => boolean): boolean {
  for (const at of lineage(el)) if (test(at)) return true;
  return false;
}
