import type { CheerioAPI } from "cheerio/slim";
import type { Element } from "domhandler";
import { isWithin, lineage, textLength } from "./tree.ts";

const NEVER_TEXT = new Set(
  "script style template noscript nav iframe object embed video audio canvas svg select textarea input head aside link meta".split(
    " ",
  ),
);
const FURNITURE_ROLES = new Set("navigation search dialog alertdialog menu menubar toolbar complementary".split(" "));
const FURNITURE_CLASSES =
  /^(breadcrumbs?|share|social-share|related(-(articles|posts))?|comments|newsletter|toc|table-of-contents|advertisement|cookie-(banner|consent))$/i;

/** Whether a reader of the page does not see the element. A tab that is not in front is still there to be read. */
export function isHidden({ attribs }: Element): boolean {
  if (attribs["aria-hidden"]?.trim().toLowerCase() === "true") return true;
  if (attribs.hidden !== undefined && attribs.role !== "tabpanel" && attribs.hidden !== "until-found") return true;
  return /(?:display\s*:\s*none|visibility\s*:\s*hidden)/i.test(attribs.style ?? "");
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
    (attribs.class ?? "").split(/\s+/).some((token) => FURNITURE_CLASSES.test(token));
  return furniture && !(title !== null && isWithin(title, el));
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
