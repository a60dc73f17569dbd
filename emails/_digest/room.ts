/** How much of each text an edition has room for, in characters, and how many lines of a list. */
export interface Room {
  title: number;
  summary: number;
  note: number;
  /** Lines of what changed, and the length of each. */
  lines: number;
  line: number;
  /** Corrections in one item, and the length of each of their sentences. */
  corrections: number;
  said: number;
  intro: number;
  /** Each fact, each title of the short list, the topics of an item. */
  fact: number;
}

/** From an edition of a few articles to the largest there is with the longest texts. */
export const ROOMS: readonly [Room, ...Room[]] = [
  { title: 200, summary: 400, note: 2000, lines: 8, line: 420, corrections: 4, said: 1200, intro: 2000, fact: 300 },
  { title: 200, summary: 400, note: 600, lines: 5, line: 280, corrections: 3, said: 500, intro: 2000, fact: 200 },
  { title: 160, summary: 300, note: 300, lines: 3, line: 180, corrections: 2, said: 280, intro: 1200, fact: 120 },
  { title: 120, summary: 160, note: 160, lines: 1, line: 120, corrections: 1, said: 160, intro: 600, fact: 80 },
  { title: 80, summary: 0, note: 0, lines: 0, line: 0, corrections: 0, said: 0, intro: 300, fact: 40 },
];
