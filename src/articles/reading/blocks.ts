import type { CheerioAPI } from "cheerio/slim";
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { readDay } from "./days.ts";
import { type Block, Lines, type Place } from "./lines.ts";
import { isSiteEdge, type Scope, scopeOf } from "./scope.ts";
import { isFurniture, mainHeading } from "./visibility.ts";

const BOXES = new Set(
  (
    "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr " +
    "html legend li main menu ol optgroup option p pre section summary table tbody tfoot thead tr ul"
  ).split(" "),
);
/** What no heading holds: after it, the heading was left open by mistake. */
const ENDS_HEADING = new Set("p ul ol dl table section article blockquote pre".split(" "));

/** Reads the main part of a page into lines, in page order, without what stands around it and what is hidden. */
export function readBlocks($: CheerioAPI): Block[] {
  const scope = scopeOf($, mainHeading($));
  const reader = new Reader($, scope);
  for (const root of scope.roots)
    reader.visit(root, { item: false, link: false, edge: scope.own !== null, heading: false });
  return reader.lines.finish();
}

class Reader {
  readonly lines = new Lines();
  readonly #$: CheerioAPI;
  readonly #scope: Scope;

  constructor($: CheerioAPI, scope: Scope) {
    this.#$ = $;
    this.#scope = scope;
  }

  visit(node: ChildNode, place: Place): void {
    if (isText(node)) this.lines.add(node.data, place);
    if (!isTag(node) || this.#leavesOut(node, place)) return;
    const moment = node.name === "time" ? node.attribs.datetime : undefined;
    if (moment && readDay(moment).day !== null) this.lines.addAs(this.#$(node).text(), moment);
    else this.#enter(node, placeInside(node, place, this.#scope.own), place);
  }

  #leavesOut(el: Element, place: Place): boolean {
    const { title, cards } = this.#scope;
    return cards.has(el) || isFurniture(el, title, place.heading) || isSiteEdge(el, this.#scope);
  }

  #enter(el: Element, inside: Place, place: Place): void {
    const level = headingLevel(el);
    const box = BOXES.has(el.name);
    const ownLine = level > 0 || (box && (!place.heading || (ENDS_HEADING.has(el.name) && !this.lines.isEmpty)));
    const heading = ownLine ? level > 0 : place.heading;
    const gap = box || el.name === "br" || el.name === "td" || el.name === "th";
    if (ownLine) this.lines.begin(level > 0 ? "heading" : "text", level, inside, el === this.#scope.title);
    else this.lines.seam(gap);
    for (const child of el.children) this.visit(child, { ...inside, heading });
    if (ownLine) this.lines.begin("text", 0, { ...place, heading: false });
    else this.lines.seam(gap);
  }
}

function placeInside(el: Element, place: Place, own: Element | null): Place {
  const { role, href } = el.attribs;
  return {
    item: place.item || el.name === "li",
    link: place.link || (el.name === "a" && href !== undefined && href !== "" && !href.startsWith("#")),
    edge: el.name === "footer" || role === "contentinfo" || (place.edge && el !== own),
    heading: place.heading,
  };
}

function headingLevel(el: Element): number {
  if (/^h[1-4]$/.test(el.name)) return Number(el.name[1]);
  if (el.attribs.role !== "heading") return 0;
  const level = Number(el.attribs["aria-level"] ?? 2);
  return level >= 1 && level <= 4 ? Math.trunc(level) : 0;
}
