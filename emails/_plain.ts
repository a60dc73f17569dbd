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
  const characters = Array.from(graphemes.segment(start), (part) => part.segment);
  if (characters.length <= limit && start.length === text.length) return text;
  const cut = characters.slice(0, Math.min(limit, characters.length) - 1).join("");
  const lastBlank = cut.lastIndexOf(" ");
  return `${withoutTail(lastBlank > cut.length * 0.6 ? cut.slice(0, lastBlank) : cut)}…`;
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
