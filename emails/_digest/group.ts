import { oneLine } from "../_plain.ts";
import type { RankedItem } from "./rank.ts";

export interface Group {
  /** A topic's name; "" for what has none; null where nothing stands above the items. */
  topic: string | null;
  items: RankedItem[];
}

/** More full items than this are grouped by topic. */
const LONG = 6;

/**
 * Full items, most important first, as they stand in the mail. A long edition is grouped by topic, each group in the
 * place of its most important item; corrections stay on top, under no topic. One topic alone would part nothing.
 */
export function groupItems(full: readonly RankedItem[]): Group[] {
  if (full.length <= LONG) return [{ topic: null, items: [...full] }];
  const corrected = full.filter(({ rank }) => rank === "corrected");
  const byTopic = groupByTopic(full.filter(({ rank }) => rank !== "corrected"));
  return byTopic.length < 2 ? [{ topic: null, items: [...full] }] : withFirst(corrected, byTopic);
}

function withFirst(corrected: RankedItem[], groups: Group[]): Group[] {
  return corrected.length === 0 ? groups : [{ topic: null, items: corrected }, ...groups];
}

/** Under the topic that most items share, so that there are few groups; of equals, the one met first. */
function groupByTopic(items: readonly RankedItem[]): Group[] {
  const shared = new Map<string, number>();
  for (const topic of items.flatMap(topicsOf)) shared.set(topic, (shared.get(topic) ?? 0) + 1);
  const byShare = [...shared].toSorted(([, a], [, b]) => b - a).map(([topic]) => topic);
  const groups = new Map<string, RankedItem[]>();
  for (const item of items) {
    const own = topicsOf(item);
    const topic = byShare.find((name) => own.includes(name)) ?? "";
    groups.set(topic, [...(groups.get(topic) ?? []), item]);
  }
  return [...groups].map(([topic, members]) => ({ topic, items: members }));
}

function topicsOf({ item }: RankedItem): string[] {
  return [...new Set(item.topics.map(oneLine))].filter((topic) => topic !== "");
}
