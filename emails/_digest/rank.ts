import type { Severity } from "../../src/articles/table.ts";
import type { Messages } from "../_messages/index.ts";
import type { DigestItem } from "../_props.ts";
import { type ChangeLine, changeLines } from "./what-changed.ts";

/** What an item is to its reader; the order is the order of importance. */
const RANKS = ["corrected", "changed", "published", "unchanged"] as const;
export type Rank = (typeof RANKS)[number];

/** A correction of which nobody said how grave it is counts as one of the middle. */
const WEIGHTS: Record<Severity, number> = { safety: 2, correction: 1, clarification: 0 };
const weightOf = (severity: Severity | null) => WEIGHTS[severity ?? "correction"];

export interface RankedItem {
  item: DigestItem;
  rank: Rank;
  /** The gravest of what was corrected; null where nothing says. */
  severity: Severity | null;
  /** Every change, said once for all who ask. */
  lines: ChangeLine[];
}

/**
 * A re-review counts as changed when a section did, or when an editor has something to say about it, and as a
 * correction when it carries one. A new article stays new: its reader was never told otherwise.
 */
function rankOf(item: DigestItem, lines: ChangeLine[]): Rank {
  if (item.kind === "published") return "published";
  if (item.kind === "corrected" || item.corrections.length > 0) return "corrected";
  return item.note !== null || lines.length > 0 ? "changed" : "unchanged";
}

/** Gravest first; equals keep the order they came in. */
export function gravestFirst<T extends { severity: Severity | null }>(corrections: readonly T[]): T[] {
  return corrections.toSorted((a, b) => weightOf(b.severity) - weightOf(a.severity));
}

export function rankItem(item: DigestItem, messages: Messages): RankedItem {
  const lines = changeLines(item, messages);
  return { item, rank: rankOf(item, lines), severity: severityOf(item), lines };
}

/** Most important first, the gravest of the corrections before the others; equals keep the order they came in. */
export function orderByRank(ranked: readonly RankedItem[]): RankedItem[] {
  return RANKS.flatMap((rank) => {
    const equals = ranked.filter((one) => one.rank === rank);
    return rank === "corrected" ? gravestFirst(equals) : equals;
  });
}

function severityOf({ severity, corrections }: DigestItem): Severity | null {
  const said = [{ severity }, ...corrections].filter((one) => one.severity !== null);
  return gravestFirst(said)[0]?.severity ?? null;
}

export function countRanks(items: readonly RankedItem[]): Record<Rank, number> {
  const counts = { corrected: 0, changed: 0, published: 0, unchanged: 0 };
  for (const { rank } of items) counts[rank] += 1;
  return counts;
}
