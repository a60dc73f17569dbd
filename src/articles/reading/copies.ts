import { meaningOf } from "../words-of.ts";
import type { Block } from "./lines.ts";

/** A run of repeated lines this long is a copy, not a habit of the writer. */
const COPY_LENGTH = 200;
/** A whole body may be shorter. */
const LEAST_BODY = 40;
const STARTS_TRIED = 3;

/**
 * Drops what is there twice: pages often carry a second body for print or for another screen. A run of lines goes when
 * the same lines stand earlier in the same order, and either it is long or it repeats all that came before.
 */
export function withoutCopies(blocks: Block[]): Block[] {
  const keys = blocks.map((block) => meaningOf(block.text).toLowerCase());
  const kept: Block[] = [];
  const places = new Map<string, number[]>();
  for (let at = 0; at < blocks.length; ) {
    const run = Math.max(0, ...(places.get(keys[at] ?? "") ?? []).map((from) => copyLength(keys, from, at)));
    const taken = Math.max(run, 1);
    if (run === 0) kept.push(blocks[at] as Block);
    for (let seen = at; seen < at + taken && run === 0; seen += 1) remember(places, keys[seen] ?? "", seen);
    at += taken;
  }
  return kept;
}

/** How many lines from `at` on repeat those from `from` on; 0 when too few to be a copy. */
function copyLength(keys: string[], from: number, at: number): number {
  let length = 0;
  let characters = 0;
  while (from + length < at && at + length < keys.length && keys[from + length] === keys[at + length]) {
    characters += keys[at + length]?.length ?? 0;
    length += 1;
  }
  return characters >= COPY_LENGTH || (from === 0 && length === at && characters >= LEAST_BODY) ? length : 0;
}

function remember(places: Map<string, number[]>, key: string, at: number): void {
  const known = places.get(key) ?? [];
  if (known.length < STARTS_TRIED) places.set(key, [...known, at]);
}
