import type { Messages } from "../_messages/index.ts";
import type { DigestItem } from "../_props.ts";
import { changeLines } from "./what-changed.ts";

/** What an item is to its reader; the order is the order of importance. */
const RANKS = ["corrected", "changed", "published", "unchanged"] as const;
export type Rank = (typeof RANKS)[number];

export interface RankedItem {
  item: DigestItem;
  rank: Rank;
}

/** A re-review counts as changed when a section did, or when an editor has something to say about it. */
function rankOf(item: DigestItem, messages: Messages): Rank {
  if (item.kind !== "re-reviewed") return item.kind;
  return item.note !== null || changeLines(item, messages).length > 0 ? "changed" : "unchanged";
}

/** Most important first; equals keep the order they came in. */
export function rankItems(items: readonly DigestItem[], messages: Messages): RankedItem[] {
  return items
    .map((item) => ({ item, rank: rankOf(item, messages) }))
    .toSorted((a, b) => RANKS.indexOf(a.rank) - RANKS.indexOf(b.rank));
}

export function countRanks(items: readonly RankedItem[]): Record<Rank, number> {
  const counts = { corrected: 0, changed: 0, published: 0, unchanged: 0 };
  for (const { rank } of items) counts[rank] += 1;
  return counts;
}
