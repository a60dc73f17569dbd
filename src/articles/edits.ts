import { diffArrays } from "diff";
import { areAlike } from "./likeness.ts";
import type { Word } from "./words-of.ts";

/** A place where words were taken out, put in or both: ranges of words before and after, ends excluded. */
export interface Edit {
  before: [number, number];
  after: [number, number];
}

/** Comparing takes time that grows with the square of the differences; beyond these a passage counts as replaced. */
const MOST_EDITS = { sentences: 300, words: 60 };
/** Sentences less alike than this are not the same sentence edited. */
const SAME_SENTENCE = 0.35;
/** Words that may stay between two edits that are told as one. */
const NEAR = 2;
const LONGEST_SLIDE = 80;

/**
 * The edits that lead from one text to the other, in order. Whole sentences are compared first, words only where
 * sentences differ, so that a long text costs little more than its changes.
 */
export function findEdits(before: Word[], after: Word[]): Edit[] {
  const [old, now] = [before.map((word) => word.key), after.map((word) => word.key)];
  const edits = differingSentences(old, now).flatMap((run) => editsWithin(run, old, now));
  return joinNear(slideAll(joinTouching(edits), old, now), after);
}

interface Run {
  before: Range[];
  after: Range[];
}

type Range = [from: number, to: number];

/** Runs of sentences that differ, each as ranges of words; one side may be empty. */
function differingSentences(old: string[], now: string[]): Run[] {
  const [oldRanges, nowRanges] = [sentenceRanges(old), sentenceRanges(now)];
  const text = (words: string[]) => (range: Range) => words.slice(...range).join(" ");
  const options = { maxEditLength: MOST_EDITS.sentences };
  const parts = diffArrays(oldRanges.map(text(old)), nowRanges.map(text(now)), options);
  if (!parts) return [{ before: oldRanges, after: nowRanges }];
  const runs: Run[] = [];
  let [b, a, open] = [0, 0, false];
  for (const { added, removed, count } of parts) {
    const run: Run = {
      before: added ? [emptyAt(oldRanges, b)] : oldRanges.slice(b, b + count),
      after: removed ? [emptyAt(nowRanges, a)] : nowRanges.slice(a, a + count),
    };
    [b, a] = [b + (added ? 0 : count), a + (removed ? 0 : count)];
    const last = runs.at(-1);
    if (!added && !removed) open = false;
    else if (open && last) runs[runs.length - 1] = joinRuns(last, run);
    else [runs[runs.length], open] = [run, true];
  }
  return runs;
}

function sentenceRanges(words: string[]): Range[] {
  const ranges: Range[] = [];
  let from = 0;
  for (const [place, word] of words.entries()) {
    if (!endsSentence(word) && place < words.length - 1) continue;
    ranges.push([from, place + 1]);
    from = place + 1;
  }
  return ranges;
}

function emptyAt(ranges: Range[], place: number): Range {
  const at = ranges[place]?.[0] ?? ranges.at(-1)?.[1] ?? 0;
  return [at, at];
}

function joinRuns(first: Run, second: Run): Run {
  const full = (ranges: Range[]) => {
    const some = ranges.filter(([from, to]) => to > from);
    return some.length > 0 ? some : ranges.slice(0, 1);
  };
  return { before: full([...first.before, ...second.before]), after: full([...first.after, ...second.after]) };
}

/** Sentences edited in place are compared each with its own; where some came or went, the run as a whole. */
function editsWithin({ before, after }: Run, old: string[], now: string[]): Edit[] {
  const alike = ([b, a]: [Range, Range]) => areAlike(old.slice(...b), now.slice(...a), SAME_SENTENCE);
  const pairs = before.map((range, place): [Range, Range] => [range, after[place] ?? range]);
  if (before.length === after.length && pairs.every(alike)) {
    return pairs.flatMap(([b, a]) => wordEdits(b, a, old, now) ?? { before: b, after: a });
  }
  const whole = { before: spanOf(before), after: spanOf(after) };
  return wordEdits(whole.before, whole.after, old, now) ?? sentenceEdits({ before, after }, alike, old, now) ?? [whole];
}

/** Of a long run: each sentence with the one that is most of it, the others whole. */
function sentenceEdits(
  run: Run,
  alike: (pair: [Range, Range]) => boolean,
  old: string[],
  now: string[],
): Edit[] | null {
  const parts = diffArrays<Range>(run.before, run.after, {
    comparator: (b, a) => alike([b, a]),
    maxEditLength: MOST_EDITS.words,
  });
  if (!parts) return null;
  const edits: Edit[] = [];
  let [b, a] = [0, 0];
  for (const { added, removed, count } of parts) {
    const [gone, come] = [run.before.slice(b, b + count), run.after.slice(a, a + count)];
    if (removed) edits.push({ before: spanOf(gone), after: emptyAt(run.after, a) });
    else if (added) edits.push({ before: emptyAt(run.before, b), after: spanOf(come) });
    else
      for (const [place, one] of gone.entries()) {
        const other = come[place] ?? one;
        edits.push(...(wordEdits(one, other, old, now) ?? [{ before: one, after: other }]));
      }
    [b, a] = [b + (added ? 0 : count), a + (removed ? 0 : count)];
  }
  return edits;
}

function spanOf(ranges: Range[]): Range {
  return [ranges[0]?.[0] ?? 0, ranges.at(-1)?.[1] ?? 0];
}

/** Null when they have too little in common. */
function wordEdits(before: Range, after: Range, old: string[], now: string[]): Edit[] | null {
  if (before[0] === before[1] || after[0] === after[1]) return [{ before, after }];
  const options = { maxEditLength: MOST_EDITS.words };
  const parts = diffArrays(old.slice(...before), now.slice(...after), options);
  if (!parts) return null;
  const edits: Edit[] = [];
  let [b, a] = [before[0], after[0]];
  for (const { added, removed, count } of parts) {
    const edit: Edit = { before: [b, added ? b : b + count], after: [a, removed ? a : a + count] };
    if (added || removed) edits.push(edit);
    [b, a] = [edit.before[1], edit.after[1]];
  }
  return edits;
}

/** Edits with nothing between them are one. */
export function joinTouching(edits: Edit[]): Edit[] {
  const joined: Edit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    if (last && last.before[1] === edit.before[0] && last.after[1] === edit.after[0]) {
      joined[joined.length - 1] = { before: [last.before[0], edit.before[1]], after: [last.after[0], edit.after[1]] };
    } else joined.push(edit);
  }
  return joined;
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
    const sentenceEnds =
      last && after.slice(Math.max(0, last.after[1] - 1), edit.after[0]).some((word) => endsSentence(word.key));
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
