import type { Block } from "./lines.ts";

/** What the list of sources is called. */
export const REFERENCES =
  /^(?:[\d.]+\s+)?(?:(?:key|selected|medical|scientific|article|our)\s+)?(?:references?|sources?|bibliography|citations?|works cited|literature(?: cited)?|referencias|fuentes|bibliografía)(?:\s+(?:and|&|y)\s+(?:further reading|notes|references|sources|citations|bibliography|links|credits|lecturas))?(?:\s*\(\d+\))?\s*:?$/iu;

/** "References" in bold or as a toggle, above a list. */
export function isUnmarkedReferences(block: Block, next: Block | undefined): boolean {
  return block.kind === "text" && !block.item && next?.item === true && REFERENCES.test(block.text);
}

/** The entries of reference lists: what they say of days and people is about other works. */
export function referenceItems(blocks: Block[]): Set<Block> {
  const items = new Set<Block>();
  let inside = false;
  for (const [index, block] of blocks.entries()) {
    if (block.kind === "heading") inside = REFERENCES.test(block.text);
    else if (isUnmarkedReferences(block, blocks[index + 1])) inside = true;
    else if (inside && block.item) items.add(block);
  }
  return items;
}
