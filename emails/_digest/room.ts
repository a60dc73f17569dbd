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
}

/** From an edition of a few articles to the largest there is with the longest texts. */
export const ROOMS: readonly [Room, ...Room[]] = [
  { title: 200, summary: 400, note: 2000, lines: 8, line: 420, corrections: 4, said: 1200, intro: 2000 },
  { title: 200, summary: 400, note: 600, lines: 5, line: 280, corrections: 3, said: 500, intro: 2000 },
  { title: 160, summary: 300, note: 300, lines: 3, line: 180, corrections: 2, said: 280, intro: 1200 },
  { title: 120, summary: 160, note: 160, lines: 1, line: 120, corrections: 1, said: 160, intro: 600 },
  { title: 80, summary: 0, note: 0, lines: 0, line: 0, corrections: 0, said: 0, intro: 300 },
];

// Gmail hides the end of a mail, unsubscribe link included, past 102 KB. This is of the words and what surrounds them.
const BUDGET = 78_000;
/** Bytes of HTML: the frame and its style sheets, and the tags around one text. */
const FRAME = 10_000;
const TAGS = 145;

/** The first of the views that fits a mail; the last when none does. Rooms are tried widest first. */
export function fitting<V>(viewIn: (room: Room) => V): V {
  const [widest, ...narrower] = ROOMS;
  let view = viewIn(widest);
  for (const room of narrower) {
    if (FRAME + weigh(view) <= BUDGET) return view;
    view = viewIn(room);
  }
  return view;
}

/** Bytes of HTML that a view's texts take, about: what is escaped as it is escaped, and tags around each. */
function weigh(value: unknown): number {
  if (typeof value === "string") {
    const escapes = value.match(/[&<>"']/g)?.length ?? 0;
    return Buffer.byteLength(value) + 5 * escapes + TAGS;
  }
  if (typeof value !== "object" || value === null) return 0;
  return Object.values(value).reduce<number>((sum, inner) => sum + weigh(inner), 0);
}
