/** Dice coefficient of two bags of words, 0 to 1. */
export function likeness(a: string[], b: string[]): number {
  return a.length + b.length === 0 ? 0 : (2 * sharedCount(a, b)) / (a.length + b.length);
}

/**
 * Whether two texts are at least this much alike (0 to 1), as far as their words go without counting repetitions: stops
 * at the first word that settles it.
 */
export function areAlike(a: string[], b: string[], least: number): boolean {
  const wanted = (least * (a.length + b.length)) / 2;
  if (Math.min(a.length, b.length) < wanted) return false;
  const words = new Set(a);
  let shared = 0;
  for (const [place, word] of b.entries()) {
    if (words.has(word)) shared += 1;
    if (shared >= wanted) return true;
    if (shared + b.length - place - 1 < wanted) return false;
  }
  return wanted <= 0;
}

/** How much of `part` stands in `whole`, 0 to 1. */
export function containment(part: string[], whole: string[]): number {
  return part.length === 0 ? 0 : sharedCount(whole, part) / part.length;
}

/** How often each word stands in a text. */
export function countWords(words: string[]): Map<string, number> {
  const bag = new Map<string, number>();
  for (const word of words) bag.set(word, (bag.get(word) ?? 0) + 1);
  return bag;
}

function sharedCount(a: string[], b: string[]): number {
  const bag = countWords(a);
  let shared = 0;
  for (const word of b) {
    const left = bag.get(word) ?? 0;
    if (left > 0) {
      shared += 1;
      bag.set(word, left - 1);
    }
  }
  return shared;
}
