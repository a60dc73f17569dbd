import { type ChildNode, type Element, isTag, isText, type ParentNode } from "domhandler";

/** The element and those that hold it, innermost first. */
export function* lineage(el: Element): Generator<Element> {
  for (let at: ParentNode | null = el; at && isTag(at); at = at.parent) yield at;
}

export function isWithin(el: Element, container: Element): boolean {
  for (const at of lineage(el)) if (at === container) return true;
  return false;
}

/** Length of the text without white space, counted no further than `limit`, so that nesting cannot make it costly. */
export function textLength(el: Element, limit: number): number {
  let length = 0;
  const waiting = [...el.children];
  for (let node = waiting.pop(); node && length < limit; node = waiting.pop()) {
    if (isText(node)) length += node.data.replace(/\s+/g, "").length;
    else if (isTag(node)) for (const child of node.children) waiting.push(child);
  }
  return Math.min(length, limit);
}

/** The element's text, no longer than `limit`. */
export function textWithin(el: Element, limit: number): string {
  const parts: string[] = [];
  let length = 0;
  const waiting: ChildNode[] = [el];
  for (let node = waiting.pop(); node && length < limit; node = waiting.pop()) {
    if (isText(node)) {
      parts.push(node.data);
      length += node.data.length;
    } else if (isTag(node)) for (const child of [...node.children].reverse()) waiting.push(child);
  }
  return parts.join("").slice(0, limit);
}
