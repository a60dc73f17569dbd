import type { CheerioAPI } from "cheerio/slim";
import { type ChildNode, type Element, isTag, isText } from "domhandler";
import { readDay } from "./days.ts";
import { type Block, Lines, NOWHERE, type Place } from "./lines.ts";
import { isReferenceList, isReferenceMark } from "./reference-marks.ts";
import { isSiteEdge, type Scope, scopeOf } from "./scope.ts";
import { isFurniture } from "./visibility.ts";

const BOXES = new Set(
  (
    "address article blockquote body caption center dd details dialog div dl dt fieldset figcaption figure footer form header hgroup hr " +
    "html legend li main menu ol optgroup option p pre section summary table tbody tfoot thead tr ul"
  ).split(" "),
);
/** What no heading holds: after it, the heading was left open by mistake. */
const ENDS_HEADING = new Set("p ul ol dl table section article blockquote pre".split(" "));

/** Reads the main part of a page into lines, in page order, without what stands around it and what is hidden. */
export function readBlocks($: CheerioAPI, title: Element | null): Block[] {
  const scope = scopeOf($, title);
  const reader = new Reader($, scope);
  for (const root of scope.roots) reader.visit(root, { ...NOWHERE, edge: scope.own !== null });
  return reader.lines.finish();
}

const LONGEST_MOMENT = 60;

class Reader {
  readonly lines = new Lines();
  readonly #$: CheerioAPI;
  readonly #scope: Scope;
  #items = 0;

  constructor($: CheerioAPI, scope: Scope) {
    this.#$ = $;
    this.#scope = scope;
  }

  visit(node: ChildNode, place: Place): void {
    if (isText(node)) this.lines.add(node.data, place);
    if (!isTag(node) || this.#leavesOut(node, place)) return;
    const moment = node.name === "time" ? node.attribs.datetime : undefined;
    if (moment && moment.length <= LONGEST_MOMENT && readDay(moment).day !== null)
      this.lines.addAs(this.#$(node).text(), moment);
    else this.#enter(node, this.#placeInside(node, place), place);
  }

  #leavesOut(el: Element, place: Place): boolean {
    const { title, cards } = this.#scope;
    return cards.has(el) || isFurniture(el, title, place.heading) || isSiteEdge(el, this.#scope) || isReferenceMark(el);
  }

  #enter(el: Element, inside: Place, place: Place): void {
    const level = headingLevel(el);
    const box = BOXES.has(el.name);
    const ownLine = level > 0 || (box && (!place.heading || (ENDS_HEADING.has(el.name) && !this.lines.isEmpty)));
    const heading = ownLine ? level > 0 : place.heading;
    const gap = el.name === "br" ? "break" : box || el.name === "td" || el.name === "th" ? "space" : "nothing";
    if (ownLine) this.lines.begin(level > 0 ? "heading" : "text", level, inside, el === this.#scope.title);
    else this.lines.seam(gap);
    for (const child of el.children) this.visit(child, { ...inside, heading });
    if (ownLine) this.lines.begin("text", 0, { ...place, heading: false });
    else this.lines.seam(gap);
  }

  #placeInside(el: Element, place: Place): Place {
    const { role, href } = el.attribs;
    const { own, title } = this.#scope;
    if (el.name === "li") this.#items += 1;
    return {
      item: el.name === "li" ? this.#items : place.item,
      link: place.link || (el.name === "a" && href !== undefined && href !== "" && !href.startsWith("#")),
      edge: el.name === "footer" || role === "contentinfo" || (place.edge && el !== own),
      cited: place.cited || isReferenceList(el, title),
      heading: place.heading,
    };
  }
}

function headingLevel(el: Element): number {
  if (/^h[1-4]$/.test(el.name)) return Number(el.name[1]);
  if (el.attribs.role !== "heading") return 0;
  const level = Number(el.attribs["aria-level"] ?? 2);
  return level >= 1 && level <= 4 ? Math.trunc(level) : 0;
}
