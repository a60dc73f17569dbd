/** Dice coefficient of two bags of words, 0 to 1. */
export function likeness(a: string[], b: string[]): number {
  const bag = new Map<string, number>();
  for (const word of a) bag.set(word, (bag.get(word) ?? 0) + 1);
  let shared = 0;
  for (const word of b) {
    const left = bag.get(word) ?? 0;
    if (left > 0) shared += 1;
    bag.set(word, left - 1);
  }
  return a.length + b.length === 0 ? 0 : (2 * shared) / (a.length + b.length);
}
