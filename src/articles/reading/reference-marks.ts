import { type Element, isTag } from "domhandler";
import { isWithin, textWithin } from "./tree.ts";
import { tokensOf } from "./visibility.ts";

const LISTS = new Set("ol ul dl div section".split(" "));
const LIST_NAMES =
  /^(?:(?:foot|end)notes?|references?|(?:article|page)[-_](?:references|sources|citations)|(?:references?|sources|citations?)[-_]list|bibliography|doc-(?:endnotes|bibliography))$/i;

/** Whether the page marks the element as its reference list or footnotes. */
export function isReferenceList(el: Element, title: Element | null): boolean {
  if (!LISTS.has(el.name)) return false;
  if (![...tokensOf(el), el.attribs.role ?? ""].some((token) => LIST_NAMES.test(token))) return false;
  return !(title !== null && isWithin(title, el));
}

/** Whether the element is the number that leads to a reference: it changes whenever another comes before it. */
export function isReferenceMark(el: Element): boolean {
  if (el.name !== "sup") return false;
  const around = el.parent !== null && isTag(el.parent) ? [el.parent] : [];
  const links = [...around, ...el.children.filter(isTag)].some(({ name }) => name === "a");
  return links && /^[\s[(]*\d{1,3}(?:[\s,;–-]+\d{1,3})*[\s\])]*$/.test(textWithin(el, 40));
}
