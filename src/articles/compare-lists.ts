import { pairAlike } from "./pair-alike.ts";
import { looseMeaningOf, meaningOf } from "./words-of.ts";

export interface ListChanges {
  added: string[];
  removed: string[];
}

/** Names that came and went; their order says nothing. */
export function compareReviewers(before: string[], after: string[]): ListChanges {
  return compare(before, after, looseMeaningOf);
}

/** Numbers that a style puts in front; they change when an entry is put in before. */
const NUMBERING = /^(?:\[\d{1,3}\]|\(\d{1,3}\)|\d{1,3}[.)])\s*/;
const SAME_WORK = 0.6;

/**
 * References that came, went, or were written otherwise: another year, edition or address of the same work. Their order
 * and numbers do not count.
 */
export function compareReferences(before: string[], after: string[]): ListChanges & { changed: [string, string][] } {
  const { added, removed } = compare(before, after, (entry) => meaningOf(entry.replace(NUMBERING, "")));
  const score = (_b: number, _a: number, likeness: number) => (likeness >= SAME_WORK ? likeness : 0);
  const pairs = added.length * removed.length === 0 ? [] : pairAlike(removed.map(tokens), added.map(tokens), score);
  const [gone, come] = [new Set(pairs.map(([b]) => b)), new Set(pairs.map(([, a]) => a))];
  return {
    added: added.filter((_, place) => !come.has(place)),
    removed: removed.filter((_, place) => !gone.has(place)),
    changed: pairs.sort((x, y) => x[1] - y[1]).map(([b, a]) => [removed[b] ?? "", added[a] ?? ""]),
  };
}

function compare(before: string[], after: string[], meaning: (text: string) => string): ListChanges {
  const [old, now] = [new Set(before.map(meaning)), new Set(after.map(meaning))];
  return {
    added: after.filter((entry) => !old.has(meaning(entry))),
    removed: before.filter((entry) => !now.has(meaning(entry))),
  };
}

/** Addresses fall into their parts, so that a page which moved is still much the same. */
function tokens(entry: string): string[] {
  return entry.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}
