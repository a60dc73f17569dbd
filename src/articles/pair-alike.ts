import { countWords } from "./likeness.ts";

/** Beyond so many texts a side, words that stand in many of them tell nothing and are left out. */
const MANY = 40;
const COMMON = 0.25;

/** Scores a pair of places by the likeness of their texts (0 to 1); 0 when they are not a pair. */
export type Score = (before: number, after: number, likeness: number) => number;

/**
 * Pairs texts of two lists, most alike first, each at most once. One pass over an index of words, since comparing each
 * text with each takes seconds on long pages.
 */
export function pairAlike(before: string[][], after: string[][], score: Score): [number, number][] {
  const bags = withoutCommon([...before, ...after].map(countWords));
  const [old, now] = [bags.slice(0, before.length), bags.slice(before.length)];
  const shared = sharedWords(old, now);
  const pairs: { b: number; a: number; score: number }[] = [];
  for (const [b, one] of old.entries()) {
    for (const [a, other] of now.entries()) {
      const total = one.total + other.total;
      const points = score(b, a, total === 0 ? 0 : (2 * (shared[b * now.length + a] ?? 0)) / total);
      if (points > 0) pairs.push({ b, a, score: points });
    }
  }
  return mostAlike(pairs.sort((x, y) => y.score - x.score || x.b - y.b || x.a - y.a));
}

interface Bag {
  counts: Map<string, number>;
  total: number;
}

function withoutCommon(counted: Map<string, number>[]): Bag[] {
  const common = counted.length > 2 * MANY ? commonWords(counted) : new Set<string>();
  return counted.map((all) => {
    const counts = common.size === 0 ? all : new Map([...all].filter(([word]) => !common.has(word)));
    let total = 0;
    for (const count of counts.values()) total += count;
    return { counts, total };
  });
}

function commonWords(counted: Map<string, number>[]): Set<string> {
  const texts = new Map<string, number>();
  for (const counts of counted) for (const word of counts.keys()) texts.set(word, (texts.get(word) ?? 0) + 1);
  const most = counted.length * COMMON;
  return new Set([...texts].filter(([, count]) => count > most).map(([word]) => word));
}

/** How many words each pair shares, row by row. */
function sharedWords(old: Bag[], now: Bag[]): Uint32Array {
  const index = new Map<string, [number, number][]>();
  for (const [b, { counts }] of old.entries()) {
    for (const [word, count] of counts) {
      const places = index.get(word);
      if (places) places.push([b, count]);
      else index.set(word, [[b, count]]);
    }
  }
  const shared = new Uint32Array(old.length * now.length);
  for (const [a, { counts }] of now.entries()) {
    for (const [word, count] of counts) {
      for (const [b, other] of index.get(word) ?? []) {
        const at = b * now.length + a;
        shared[at] = (shared[at] ?? 0) + Math.min(count, other);
      }
    }
  }
  return shared;
}

function mostAlike(pairs: { b: number; a: number }[]): [number, number][] {
  const [usedBefore, usedAfter] = [new Set<number>(), new Set<number>()];
  const taken: [number, number][] = [];
  for (const { b, a } of pairs) {
    if (usedBefore.has(b) || usedAfter.has(a)) continue;
    usedBefore.add(b);
    usedAfter.add(a);
    taken.push([b, a]);
  }
  return taken;
}
