import type { Block } from "./lines.ts";

/** What the list of sources is called. */
export const REFERENCES =
  /^(?:[\d.]+\s+)?(?:(?:key|selected|medical|scientific|article|our)\s+)?(?:references?|sources?|bibliography|citations?|works cited|literature(?: cited)?|referencias|fuentes|bibliografía)(?:\s+(?:and|&|y)\s+(?:further reading|notes|references|sources|citations|bibliography|links|credits|lecturas))?(?:\s*\(\d+\))?\s*:?$/iu;

/** "References" in bold or as a toggle, above a list. */
export function isUnmarkedReferences(block: Block, next: Block | undefined): boolean {
  return (
    block.kind === "text" &&
    block.item === null &&
    next !== undefined &&
    next.item !== null &&
    REFERENCES.test(block.text)
  );
}

/** The entries of reference lists: what they say of days and people is about other works. */
export function referenceItems(blocks: Block[]): Set<Block> {
  const items = new Set<Block>();
  let inside = false;
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "heading") inside = REFERENCES.test(block.text);
    else if (isUnmarkedReferences(block, blocks[index + 1])) inside = true;
    else if (block.cited || (inside && block.item !== null)) items.add(block);
  }
  return items;
}

/** The entries of a reference list: its items; without any, its lines, or their pieces where a line holds several. */
export function entriesOf(lines: Block[]): string[] {
  const items = new Map<number, string[]>();
  for (const { item, text } of lines) {
    if (item === null) continue;
    const parts = items.get(item);
    if (parts) parts.push(text);
    else items.set(item, [text]);
  }
  const texts = lines.filter(({ kind }) => kind === "text").flatMap(({ pieces }) => pieces);
  const entries = items.size > 0 ? [...items.values()].map((parts) => parts.join(" ")) : texts;
  return withoutNumbers(entries)
    .map((entry) => entry.replace(/\s*[↩↑⤴^]\ufe0e?$/u, ""))
    .filter((entry) => entry !== "");
}

const NUMBER = /^(?:\[\d{1,3}\]|\d{1,3}[.)])\s+/;

/** "1." and "[1]" are no part of an entry; nor is a bare 1, 2, 3 when it counts them. */
function withoutNumbers(entries: string[]): string[] {
  const counted = entries.every((entry, index) => entry.startsWith(`${index + 1} `));
  return entries.map((entry) => entry.replace(counted ? /^\d+\s+/ : NUMBER, ""));
}
