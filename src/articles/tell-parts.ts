import type { Part } from "./changes.ts";
import { type Edit, findEdits } from "./edits.ts";
import { areAlike } from "./likeness.ts";
import { plainText, shorten } from "./reading/plain-text.ts";
import { meaningOf, type Word, wordsOf } from "./words-of.ts";

const QUOTE = 140;
/** Words in a replaced piece that can be set beside what replaced it. */
const SHORT_PIECE = 12;
/** So few words that came or went say little without their neighbours: "not". */
const FEW = 4;
const NEIGHBOURS = 2;
const MOST_TOLD = 3;
const REWRITTEN_BELOW = 0.35;
const REWRITTEN_ABOVE = 0.75;

interface Text {
  text: string;
  words: Word[];
}

/** How one text became the other, in the parts that a sentence is made of; none when they mean the same. */
export function partsBetween(before: string, after: string): Part[] {
  const [old, now] = [toText(before), toText(after)];
  if (old.words.length === 0) return now.words.length === 0 ? [] : [{ kind: "says", is: quotation(after) }];
  if (now.words.length === 0) return [{ kind: "emptied" }];
  if (isReordered(before, after)) return [{ kind: "reordered" }];
  const keys = (text: Text) => text.words.map((word) => word.key);
  if (!areAlike(keys(old), keys(now), REWRITTEN_BELOW)) return [{ kind: "rewritten", is: quotation(after) }];
  const edits = findEdits(old.words, now.words);
  if (isRewritten(edits, old, now)) return [{ kind: "rewritten", is: quotation(after) }];
  const telling = edits.filter((edit) => !isPunctuation(edit, old, now));
  if (telling.length === 0) return edits.length === 0 ? [] : [{ kind: "punctuation" }];
  const rest = telling.length - MOST_TOLD;
  const told = telling.slice(0, MOST_TOLD).map((edit) => partOf(edit, old, now));
  return rest > 0 ? [...told, { kind: "more", count: rest }] : told;
}

function isReordered(before: string, after: string): boolean {
  const lines = (text: string) => text.split("\n").map(meaningOf);
  const [old, now] = [lines(before), lines(after)];
  if (old.length < 2 || old.length !== now.length || old.join("\n") === now.join("\n")) return false;
  return old.sort().join("\n") === now.sort().join("\n");
}

/** Most words went, and others came in their stead. */
function isRewritten(edits: Edit[], old: Text, now: Text): boolean {
  const sum = (side: "before" | "after") => edits.reduce((total, edit) => total + edit[side][1] - edit[side][0], 0);
  return Math.min(sum("before") / old.words.length, sum("after") / now.words.length) > REWRITTEN_ABOVE;
}

/** On one line and cut to a readable length. */
export function quotation(text: string): string {
  return shorten(plainText(text), QUOTE);
}

function partOf(edit: Edit, old: Text, now: Text): Part {
  const [was, is] = [piece(old, edit.before), piece(now, edit.after)];
  const [wider, widened] = withContext(edit, old, now);
  if (was === "" && wider === "") return { kind: "added", is: quotation(is) };
  if (is === "" && widened === "") return { kind: "removed", was: quotation(was) };
  if (edit.before[1] - edit.before[0] <= SHORT_PIECE && edit.after[1] - edit.after[0] <= SHORT_PIECE) {
    return { kind: "replaced", was: quotation(bare(wider, widened)), is: quotation(bare(widened, wider)) };
  }
  return { kind: "says", is: quotation(is) };
}

/**
 * A lone short word says little: takes the word after it along. Few words that only came or went inside a sentence take
 * those on both sides, which are the same in both texts.
 */
function withContext({ before, after }: Edit, old: Text, now: Text): [string, string] {
  const [was, is] = [piece(old, before), piece(now, after)];
  if (was === "" || is === "") return withNeighbours({ before, after }, old, now);
  if (Math.max(was.length, is.length) > 3) return [was, is];
  const more = followers(
    (by) => same(old, before[1] + by, now, after[1] + by),
    (by) => old.words[before[1] + by],
  );
  return [piece(old, [before[0], before[1] + more]), piece(now, [after[0], after[1] + more])];
}

const ARTICLE = /^(?:an?|the|un|una|el|la|los|las)$/i;

/** The next word, and one more where that is only an article. */
function followers(fits: (by: number) => boolean, word: (by: number) => Word | undefined): number {
  if (!fits(0) || ends(word(0))) return fits(0) ? 1 : 0;
  return ARTICLE.test(word(0)?.key ?? "") && fits(1) ? 2 : 1;
}

function withNeighbours({ before, after }: Edit, old: Text, now: Text): [string, string] {
  const [was, is] = [piece(old, before), piece(now, after)];
  const [words, [from, to]] = was === "" ? [now.words, after] : [old.words, before];
  if (to - from > FEW || standsAlone(words, from, to)) return [was, is];
  const left = runLength((by) => same(old, before[0] - by, now, after[0] - by) && !ends(words[from - by]));
  const right = runLength((by) => same(old, before[1] + by - 1, now, after[1] + by - 1) && !ends(words[to + by - 2]));
  if (left + right === 0) return [was, is];
  return [piece(old, [before[0] - left, before[1] + right]), piece(now, [after[0] - left, after[1] + right])];
}

function runLength(fits: (by: number) => boolean): number {
  let by = 0;
  while (by < NEIGHBOURS && fits(by + 1)) by += 1;
  return by;
}

function same(old: Text, b: number, now: Text, a: number): boolean {
  const word = old.words[b];
  return word !== undefined && word.key === now.words[a]?.key;
}

/** Whether the words are whole sentences: one ends before them, and one with them. */
function standsAlone(words: Word[], from: number, to: number): boolean {
  return (from === 0 || ends(words[from - 1])) && ends(words[to - 1]);
}

const ends = (word: Word | undefined): boolean => word !== undefined && /[.!?][)"']*$/.test(word.key);

/** The text of a range of words, widened to white space so that a range such as 4-6 stays whole. */
function piece({ text, words }: Text, [from, to]: [number, number]): string {
  const [first, last] = [words[from], words[to - 1]];
  if (from >= to || !first || !last) return "";
  let [start, end] = [first.start, last.end];
  while (start > 0 && !/\s/.test(text[start - 1] ?? "") && first.start - start < 20) start -= 1;
  while (end < text.length && !/\s/.test(text[end] ?? "") && end - last.end < 20) end += 1;
  return plainText(text.slice(start, end));
}

/** Marks that a sentence is set with; not those of a number, whose value they make: 1.5 is not 15, nor .5 five. */
const MARKS = /[.,:](?!\d)|(?<!\d)["']|[;!?()[\]{}*¿¡]/g;

/** Whether only marks and capitals differ. */
function isPunctuation(edit: Edit, old: Text, now: Text): boolean {
  const plain = ({ words }: Text, [from, to]: [number, number]) =>
    words
      .slice(from, to)
      .map((word) => word.key.replace(MARKS, "").toLowerCase())
      .filter((key) => key !== "")
      .join(" ");
  return plain(old, edit.before) === plain(now, edit.after);
}

/** Without closing punctuation that the other side ends in as well. */
function bare(text: string, other: string): string {
  const close = /[.,;:!?)]+$/.exec(text)?.[0] ?? "";
  return close !== "" && other.endsWith(close) && !text.includes("(") ? text.slice(0, -close.length) : text;
}

function toText(text: string): Text {
  return { text, words: wordsOf(text) };
}
