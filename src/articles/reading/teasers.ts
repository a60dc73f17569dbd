import { AROUND } from "./around.ts";
import type { Block } from "./lines.ts";

/** Share of a line that links elsewhere, from which on it is a link and no text. */
const LINK = 0.9;
/** "Page last reviewed" is about this page wherever it stands. */
const OF_THIS_PAGE = /^(?:this\s+)?(?:page|article|content)\s/i;

/** Lines of teasers, comments and lists of other articles: what they say of days and people is not about this one. */
export function teaserLines(blocks: Block[]): Set<Block> {
  const linkedItems = new Set(blocks.flatMap(({ item, linked }) => (item !== null && linked > LINK ? item : [])));
  const found = new Set<Block>();
  let inside = 0;
  for (const block of blocks) {
    if (block.kind === "heading" && !(inside > 0 && block.level > inside)) {
      inside = !block.isTitle && (AROUND.test(block.text) || block.linked > LINK) ? block.level : 0;
    }
    if (OF_THIS_PAGE.test(block.text)) continue;
    if (inside > 0 || block.linked > LINK || (block.item !== null && linkedItems.has(block.item))) found.add(block);
  }
  return found;
}
