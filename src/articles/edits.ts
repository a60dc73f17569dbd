import { diffArrays } from "diff";
import type { Word } from "./words-of.ts";

/** A place where words were taken out, put in or both: ranges of words before and after, ends excluded. */
export interface Edit {
  before: [number, number];
  after: [number, number];
}

/** Beyond so many differing words a text counts as rewritten. */
const MOST_EDITS = 200;
/** Words that may stay between two edits that are told as one. */
const NEAR = 2;
const LONGEST_SLIDE = 80;

/** The edits that lead from one text to the other, in order; null when it was rewritten. */
export function findEdits(before: Word[], after: Word[]): Edit[] | null {
  const [old, now] = [before.map((word) => word.key), after.map((word) => word.key)];
  const parts = diffArrays(old, now, { maxEditLength: MOST_EDITS });
  if (!parts) return null;
  const edits: Edit[] = [];
  let [b, a] = [0, 0];
  for (const { added, removed, count } of parts) {
    const last = edits.at(-1);
    const joins = last && last.before[1] === b && last.after[1] === a;
    if (!added && !removed) [b, a] = [b + count, a + count];
    else {
      const edit: Edit = { before: [b, b + (removed ? count : 0)], after: [a, a + (added ? count : 0)] };
      if (joins)
        Object.assign(last, { before: [last.before[0], edit.before[1]], after: [last.after[0], edit.after[1]] });
      else edits.push(edit);
      [b, a] = [edit.before[1], edit.after[1]];
    }
  }
  return joinNear(slideAll(edits, old, now), after);
}

/**
 * An insertion has several equal readings: "a b a" between "b a" can start at either a. Moves each pure insertion or
 * removal to where a sentence begins, and over a short equal stretch into the edit before it.
 */
function slideAll(edits: Edit[], old: string[], now: string[]): Edit[] {
  const result: Edit[] = [];
  for (const edit of edits) {
    const last = result.at(-1);
    const merged = last ? mergeOver(last, edit, old, now) : null;
    if (merged) result[result.length - 1] = merged;
    else result.push(edit);
  }
  return result.map((edit, index) => toSentenceStart(edit, result[index - 1], result[index + 1], old, now));
}

/** Two insertions with an equal stretch between are one, when the second ends in that stretch. */
function mergeOver(first: Edit, second: Edit, old: string[], now: string[]): Edit | null {
  const gap = second.after[0] - first.after[1];
  if (isInsertion(first) && isInsertion(second) && gap <= second.after[1] - second.after[0]) {
    if (!sameWords(now, first.after[1], now, second.after[1] - gap, gap)) return null;
    return { before: [first.before[0], first.before[0]], after: [first.after[0], second.after[1] - gap] };
  }
  if (isRemoval(first) && isRemoval(second) && gap <= second.before[1] - second.before[0]) {
    if (!sameWords(old, first.before[1], old, second.before[1] - gap, gap)) return null;
    return { before: [first.before[0], second.before[1] - gap], after: [first.after[0], first.after[0]] };
  }
  return null;
}

function toSentenceStart(
  edit: Edit,
  previous: Edit | undefined,
  next: Edit | undefined,
  old: string[],
  now: string[],
): Edit {
  if (!isInsertion(edit) && !isRemoval(edit)) return edit;
  const [words, side] = isInsertion(edit) ? [now, "after" as const] : [old, "before" as const];
  const [start, end] = edit[side];
  const earliest = Math.max(previous ? previous[side][1] : 0, start - LONGEST_SLIDE);
  const latest = Math.min(next ? next[side][0] : words.length, end + LONGEST_SLIDE);
  for (let by = 0; start - by >= earliest; by += 1) {
    if (by > 0 && words[start - by] !== words[end - by]) break;
    if (endsSentence(words[start - by - 1])) return slide(edit, -by);
  }
  for (let by = 1; end + by <= latest; by += 1) {
    if (words[start + by - 1] !== words[end + by - 1]) break;
    if (endsSentence(words[start + by - 1])) return slide(edit, by);
  }
  return edit;
}

function slide({ before, after }: Edit, by: number): Edit {
  return { before: [before[0] + by, before[1] + by], after: [after[0] + by, after[1] + by] };
}

/** Edits with a word or two between them read better as one. */
function joinNear(edits: Edit[], after: Word[]): Edit[] {
  const joined: Edit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    const gap = last ? edit.after[0] - last.after[1] : Number.POSITIVE_INFINITY;
    const sentenceEnds = last && after.slice(last.after[1], edit.after[0]).some((word) => endsSentence(word.key));
    if (last && gap <= NEAR && !sentenceEnds) {
      joined[joined.length - 1] = { before: [last.before[0], edit.before[1]], after: [last.after[0], edit.after[1]] };
    } else joined.push(edit);
  }
  return joined;
}

const isInsertion = (edit: Edit): boolean => edit.before[0] === edit.before[1];
const isRemoval = (edit: Edit): boolean => edit.after[0] === edit.after[1];
const endsSentence = (word: string | undefined): boolean => word === undefined || /[.!?:][)"']*$/.test(word);

function sameWords(a: string[], fromA: number, b: string[], fromB: number, count: number): boolean {
  for (let at = 0; at < count; at += 1) if (a[fromA + at] !== b[fromB + at]) return false;
  return true;
}
