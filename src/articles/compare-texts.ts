import { type Edit, findEdits, joinTouching } from "./edits.ts";
import { areAlike } from "./likeness.ts";
import { type Word, wordsOf } from "./words-of.ts";

/** A stretch of text that is in both versions, only in the older or only in the newer. */
export interface Piece {
  kind: "same" | "removed" | "added";
  text: string;
}

/** Lines (paragraphs, list items) of pieces; a number stands for so many lines that are the same in both. */
export type Line = Piece[] | number;

/** Texts with less in common stand one after the other: nobody could read them woven together. */
const WOVEN_ABOVE = 0.35;
/** Characters kept on each side of a change; a longer unchanged stretch is cut. */
const CONTEXT = 120;

/** Two texts woven together word by word, unchanged stretches cut to the words around each change. */
export function compareTexts(before: string, after: string): Line[] {
  return fold(linesOf(piecesOf(before, after)));
}

/** A text that is all new or all gone. */
export function wholeText(text: string, kind: "added" | "removed"): Line[] {
  return linesOf([{ kind, text }]);
}

interface Text {
  text: string;
  words: Word[];
}

/** As `compareTexts`, nothing cut. */
export function piecesOf(before: string, after: string): Piece[] {
  const [old, now]: [Text, Text] = [
    { text: before, words: wordsOf(before) },
    { text: after, words: wordsOf(after) },
  ];
  const keys = ({ words }: Text) => words.map((word) => word.key);
  if (!areAlike(keys(old), keys(now), WOVEN_ABOVE)) return oneAfterTheOther(before, after);
  const pieces: Piece[] = [];
  let from = 0;
  for (const { before: gone, after: come } of widen(findEdits(old.words, now.words), old, now)) {
    const at = endOf(now, come[0]);
    pieces.push({ kind: "same", text: after.slice(from, at) });
    pieces.push({ kind: "removed", text: before.slice(endOf(old, gone[0]), endOf(old, gone[1])) });
    from = endOf(now, come[1]);
    pieces.push({ kind: "added", text: after.slice(at, from) });
  }
  return [...pieces, { kind: "same", text: after.slice(from) }];
}

function oneAfterTheOther(before: string, after: string): Piece[] {
  const removed: Piece = { kind: "removed", text: before };
  const added: Piece = { kind: "added", text: before === "" ? after : `\n${after}` };
  return [removed, added];
}

/** Where the word before this place ends: what follows up to the end of a range belongs to the range. */
function endOf({ words }: Text, place: number): number {
  return words[place - 1]?.end ?? 0;
}

/** Ranges such as 4-6 are replaced whole: an edit takes along what hangs on it without white space between. */
function widen(edits: Edit[], old: Text, now: Text): Edit[] {
  const wide = edits.map((edit, place): Edit => {
    let [[b, bEnd], [a, aEnd]] = [edit.before, edit.after];
    const [last, next] = [edits[place - 1], edits[place + 1]];
    while (b > (last?.before[1] ?? 0) && a > (last?.after[1] ?? 0) && (isGlued(old, b) || isGlued(now, a))) {
      [b, a] = [b - 1, a - 1];
    }
    const [bMost, aMost] = [next?.before[0] ?? old.words.length, next?.after[0] ?? now.words.length];
    while (bEnd < bMost && aEnd < aMost && (isGlued(old, bEnd) || isGlued(now, aEnd))) {
      [bEnd, aEnd] = [bEnd + 1, aEnd + 1];
    }
    return { before: [b, bEnd], after: [a, aEnd] };
  });
  return joinTouching(joinOverlapping(wide));
}

function joinOverlapping(edits: Edit[]): Edit[] {
  const joined: Edit[] = [];
  for (const edit of edits) {
    const last = joined.at(-1);
    if (last && (edit.before[0] < last.before[1] || edit.after[0] < last.after[1])) {
      joined[joined.length - 1] = { before: [last.before[0], edit.before[1]], after: [last.after[0], edit.after[1]] };
    } else joined.push(edit);
  }
  return joined;
}

/** Whether the words on both sides of a place have no white space between. */
function isGlued({ text, words }: Text, place: number): boolean {
  const [left, right] = [words[place - 1], words[place]];
  return left !== undefined && right !== undefined && !/\s/.test(text.slice(left.end, right.start));
}

/** White space before a change is no part of it, so that no mark begins with a blank. */
function linesOf(pieces: Piece[]): Piece[][] {
  const lines: Piece[][] = [[]];
  for (const { kind, text } of pieces) {
    for (const [place, part] of text.split("\n").entries()) {
      if (place > 0) lines.push([]);
      const bare = kind === "same" ? part : part.trimStart();
      if (bare !== part) lines.at(-1)?.push({ kind: "same", text: " " });
      if (bare !== "") lines.at(-1)?.push({ kind, text: bare });
    }
  }
  return lines.filter((line) => line.some(({ text }) => text.trim() !== ""));
}

function fold(lines: Piece[][]): Line[] {
  const folded: Line[] = [];
  for (const line of lines) {
    const last = folded.at(-1);
    if (line.some(({ kind }) => kind !== "same"))
      folded.push(line.map((piece, place) => cut(piece, place, line.length)));
    else if (typeof last === "number") folded[folded.length - 1] = last + 1;
    else folded.push(1);
  }
  return folded;
}

function cut(piece: Piece, place: number, count: number): Piece {
  const { kind, text } = piece;
  const sides = (place > 0 ? 1 : 0) + (place < count - 1 ? 1 : 0);
  if (kind !== "same" || text.length <= (sides + 1) * CONTEXT) return piece;
  const head = place > 0 ? text.slice(0, CONTEXT).replace(/\S*$/, "") : "";
  const tail = place < count - 1 ? text.slice(-CONTEXT).replace(/^\S*/, "") : "";
  return { kind, text: `${head}…${tail}` };
}
