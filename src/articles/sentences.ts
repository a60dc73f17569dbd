import { type Edit, findEdits } from "./edits.ts";
import { likeness } from "./likeness.ts";
import { plainText, shorten } from "./reading/plain-text.ts";
import { type Word, wordsOf } from "./words-of.ts";

const QUOTE = 140;
/** Words in a replaced piece that can be set beside what replaced it. */
const SHORT_PIECE = 12;
const MOST_TOLD = 3;
const REWRITTEN_BELOW = 0.35;

interface Text {
  text: string;
  words: Word[];
}

/** Tells in one plain sentence how a text changed: `“$590-885” is now “$600-900”.` */
export function tellChange(before: string, after: string): string {
  return closed(tell(toText(before), toText(after)));
}

function tell(old: Text, now: Text): string {
  if (old.words.length === 0) return `Now says: ${quote(now.text)}`;
  if (now.words.length === 0) return "Its text was removed.";
  const keys = (text: Text) => text.words.map((word) => word.key);
  const edits = likeness(keys(old), keys(now)) < REWRITTEN_BELOW ? null : findEdits(old.words, now.words);
  if (!edits) return `Rewritten. It now begins: ${quote(now.text)}`;
  const telling = edits.filter((edit) => !isPunctuation(edit, old, now));
  if (telling.length === 0) return "Only punctuation or capitals changed.";
  return tellEdits(telling, old, now);
}

/** How a new section is told. */
export function tellAdded(text: string): string {
  return text === "" ? "New section." : closed(`New section: ${quote(text)}`);
}

function tellEdits(edits: Edit[], old: Text, now: Text): string {
  const told = edits.slice(0, MOST_TOLD).map((edit) => tellEdit(edit, old, now));
  const rest = edits.length - told.length;
  if (rest > 0) told.push(`${rest} more ${rest === 1 ? "edit" : "edits"}`);
  return told.map((text, index) => (index === 0 ? text : lowerFirst(text))).join("; ");
}

function tellEdit(edit: Edit, old: Text, now: Text): string {
  const [was, is] = [piece(old, edit.before), piece(now, edit.after)];
  if (was === "") return `Now also says: ${quote(is)}`;
  if (is === "") return `No longer says: ${quote(was)}`;
  const [wider, widened] = withContext(edit, old, now);
  if (edit.before[1] - edit.before[0] <= SHORT_PIECE && edit.after[1] - edit.after[0] <= SHORT_PIECE) {
    return `${bareQuote(wider, widened)} is now ${bareQuote(widened, wider)}`;
  }
  return `Now says: ${quote(is)}`;
}

/** A lone short word says little: takes the word after it along, where it is the same in both. */
function withContext({ before, after }: Edit, old: Text, now: Text): [string, string] {
  const [was, is] = [piece(old, before), piece(now, after)];
  if (Math.max(was.length, is.length) > 3) return [was, is];
  const [nextOld, nextNow] = [old.words[before[1]], now.words[after[1]]];
  if (nextOld === undefined || nextOld.key !== nextNow?.key) return [was, is];
  return [piece(old, [before[0], before[1] + 1]), piece(now, [after[0], after[1] + 1])];
}

/** The text of a range of words, widened to white space so that a range such as 4-6 stays whole. */
function piece({ text, words }: Text, [from, to]: [number, number]): string {
  const [first, last] = [words[from], words[to - 1]];
  if (from >= to || !first || !last) return "";
  let [start, end] = [first.start, last.end];
  while (start > 0 && !/\s/.test(text[start - 1] ?? "") && first.start - start < 20) start -= 1;
  while (end < text.length && !/\s/.test(text[end] ?? "") && end - last.end < 20) end += 1;
  return plainText(text.slice(start, end));
}

function isPunctuation(edit: Edit, old: Text, now: Text): boolean {
  const bare = ({ words }: Text, [from, to]: [number, number]) =>
    words
      .slice(from, to)
      .map((word) => word.key.replace(/[^\p{L}\p{N}%$€£+<>=/]/gu, ""))
      .join(" ")
      .trim()
      .toLowerCase();
  return bare(old, edit.before) === bare(now, edit.after);
}

/** In quotation marks, cut to a readable length. */
function quote(text: string): string {
  return `“${shorten(plainText(text).replaceAll('"', "'"), QUOTE)}”`;
}

/** In quotation marks, without closing punctuation that the other side ends in as well. */
function bareQuote(text: string, other: string): string {
  const close = /[.,;:!?)]+$/.exec(text)?.[0] ?? "";
  const shared = close !== "" && other.endsWith(close) && !text.includes("(") ? text.slice(0, -close.length) : text;
  return `“${shorten(shared.replaceAll('"', "'"), QUOTE)}”`;
}

/** With a full stop, unless a quotation brings its own. */
function closed(sentence: string): string {
  return /(?:\.|[.!?…]”)$/.test(sentence) ? sentence : `${sentence}.`;
}

function toText(text: string): Text {
  return { text, words: wordsOf(text) };
}

function lowerFirst(text: string): string {
  return /^(?:Now|No) /.test(text) ? text.charAt(0).toLowerCase() + text.slice(1) : text;
}
