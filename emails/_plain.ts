// Embeddings, overrides and isolates (UAX 9) can turn a line of text around; joiners and plain marks stay.
const DIRECTION_CONTROLS = /[\u202a-\u202e\u2066-\u2069]/g;
// Also half characters, which no encoding can write.
const CONTROLS = /[\p{Cc}\p{Cs}]+/gu;

/** One line of text from outside: no control or direction-override character, blanks folded. Safe in a header. */
export function oneLine(text: string): string {
  return text.replace(DIRECTION_CONTROLS, "").replace(CONTROLS, " ").replace(/\s+/g, " ").trim();
}

/** Text of several paragraphs, each cleaned by `oneLine`; blank lines part them. */
export function paragraphs(text: string): string[] {
  return text
    .split(/\r?\n\s*\r?\n/)
    .map(oneLine)
    .filter((paragraph) => paragraph !== "");
}

const graphemes = new Intl.Segmenter("en", { granularity: "grapheme" });

// More than any script needs on average. Without a bound, marks heaped on letters would swell a mail that counts letters.
const UNITS_PER_CHARACTER = 4;

/** At most `limit` characters as a reader counts them, cut between words where one ends near enough. */
export function clip(text: string, limit: number): string {
  if (limit === 0) return "";
  if (text.length <= limit) return text;
  const start = oneLine(text.slice(0, limit * UNITS_PER_CHARACTER));
  const ends = firstEnds(start, limit + 1);
  if (ends.length <= limit && start.length === text.length) return text;
  const cut = start.slice(0, ends[Math.min(limit, ends.length) - 2] ?? 0);
  const lastBlank = cut.lastIndexOf(" ");
  return `${withoutTail(lastBlank > cut.length * 0.6 ? cut.slice(0, lastBlank) : cut)}…`;
}

/** Latin letters and the marks of its typography, which nothing joins: most of what is ever cut. */
const ONE_UNIT_EACH = /^[ -\u024f‘’“”–—…]*$/;
// Each step of segmenting costs the length of the whole, so it is done piece by piece.
const PIECE = 256;

/** Where the first characters of a text end, as many as are asked for or a few more. */
function firstEnds(text: string, count: number): number[] {
  if (ONE_UNIT_EACH.test(text.slice(0, count))) return Array.from(text.slice(0, count), (_unit, index) => index + 1);
  const ends: number[] = [];
  for (let from = 0; from < text.length && ends.length < count; from = ends.at(-1) ?? text.length) {
    const start = from;
    const found = Array.from(
      graphemes.segment(text.slice(from, from + PIECE)),
      (part) => part.segment.length + part.index,
    );
    // The last of a piece may go on in the next one.
    const whole = from + PIECE < text.length && found.length > 1 ? found.slice(0, -1) : found;
    ends.push(...whole.map((end) => start + end));
  }
  return ends;
}

/** At most `limit` words. */
export function clipWords(text: string, limit: number): string {
  const words = text.split(" ");
  return words.length <= limit ? text : `${withoutTail(words.slice(0, limit).join(" "))}…`;
}

/** Without the blank, comma or dash that a cut left at the end. */
function withoutTail(text: string): string {
  return text.replace(/[\s,;:.–—-]{1,8}$/u, "");
}

/** The first letter as a capital, for sentences put together from parts. */
export function capitalise(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
