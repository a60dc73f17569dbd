/** A word as compared: without regard to typography. `start` and `end` are its place in the text. */
export interface Word {
  key: string;
  start: number;
  end: number;
}

const QUOTES: [RegExp, string][] = [
  [/[\u2018\u2019\u201a\u201b\u02bc\u00b4`\u2032]/g, "'"],
  [/[\u201c\u201d\u201e\u201f\u00ab\u00bb\u2033]/g, '"'],
  [/\u2026/g, "..."],
  [/\ufb00/g, "ff"],
  [/\ufb01/g, "fi"],
  [/\ufb02/g, "fl"],
  [/[\u00ad\u200b-\u200f\u2060\ufeff]/g, ""],
];
/** Between words: white space, dashes of every kind, bullets. A minus sign before a number stays with it. */
const WORD =
  /(?:(?<![\p{L}\p{N}%]\s*)[-\u2212](?=[\d.]))?[^\s\u002d\u2010-\u2015\u2212\u2022\u25cf\u25aa\u25e6\u2023\u00b7]+/gu;

/**
 * The words of a text. Two texts that differ only in quotation marks, dashes, bullets, ligatures or white space have the
 * same words.
 */
export function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(WORD)) {
    const key = plainKey(match[0]);
    if (key !== "") words.push({ key, start: match.index, end: match.index + match[0].length });
  }
  return words;
}

/** The words as one string, for comparing. */
export function meaningOf(text: string): string {
  return wordsOf(text)
    .map((word) => word.key)
    .join(" ");
}

/** As `meaningOf`, and without regard to case and closing punctuation: for headings and names. */
export function looseMeaningOf(text: string): string {
  return meaningOf(text)
    .toLowerCase()
    .replace(/[\s.,:;!?]+$/, "");
}

const PLAIN = /^[!-_a-~]+$/;

function plainKey(word: string): string {
  if (PLAIN.test(word)) return word;
  const minus = word.normalize("NFC").replace("\u2212", "-");
  return QUOTES.reduce((key, [pattern, plain]) => key.replace(pattern, plain), minus);
}
