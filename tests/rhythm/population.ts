import type { Choice } from "./oracle.ts";

const DAY = 86_400_000;

/** Zones with and without daylight saving, of whole, half and quarter hours, from the first to the last of the day. */
const ZONES = [
  "UTC",
  "Europe/London",
  "Europe/Madrid",
  "Europe/Helsinki",
  "America/New_York",
  "America/Chicago",
  "America/Los_Angeles",
  "America/St_Johns",
  "America/Sao_Paulo",
  "Asia/Kolkata",
  "Asia/Kathmandu",
  "Asia/Tokyo",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Kiritimati",
];
/** Most people want little mail. In percent. */
const CADENCES = [
  ["monthly", 50],
  ["weekly", 44],
  ["daily", 5],
  ["immediate", 1],
] as const;
const TOPIC_SETS = 24;
/** Of a hundred readers, in a year. */
const PERCENT = { joinLater: 10, change: 50, pause: 10, leave: 5, comeBack: 1 };

export type LifeEntry =
  | { at: number; reader: number; do: "join" | "change"; choice: Choice }
  | { at: number; reader: number; do: "pause"; weeks: number }
  | { at: number; reader: number; do: "leave" };

export interface Population {
  /** Who reads from the start. */
  first: Choice[];
  /** What happens to readers, in the order of time. Numbers go on where `first` ends. */
  lives: LifeEntry[];
}

type Draw = () => number;

const oneOf = <T>(draw: Draw, list: readonly T[]): T => list[Math.floor(draw() * list.length)] as T;

function cadenceOf(draw: Draw): Choice["cadence"] {
  let left = draw() * 100;
  for (const [cadence, percent] of CADENCES) {
    left -= percent;
    if (left < 0) return cadence;
  }
  return "monthly";
}

/** Sets of up to five topics, and every topic; each is somebody's. */
function topicSets(draw: Draw, slugs: string[]): string[][] {
  const sets = Array.from({ length: TOPIC_SETS - 1 }, () =>
    Array.from({ length: 1 + Math.floor(draw() * 5) }, () => oneOf(draw, slugs)),
  );
  return [[], ...sets.map((set) => [...new Set(set)].sort())];
}

/** Readers of random topics, cadence and zone, and what they change, drawn from a seed. */
export function populate(draw: Draw, readers: number, slugs: string[], start: number, days: number): Population {
  const sets = topicSets(draw, slugs);
  const choose = (): Choice => ({ topics: oneOf(draw, sets), cadence: cadenceOf(draw), timezone: oneOf(draw, ZONES) });
  const moment = (after = start) => Math.floor(after + draw() * (start + days * DAY - after));
  const later = Math.floor((readers * PERCENT.joinLater) / 100);
  const first = Array.from({ length: readers - later }, choose);
  const lives: LifeEntry[] = [];
  for (let reader = 0; reader < readers; reader += 1) {
    const joined = reader < first.length ? start : moment();
    if (reader >= first.length) lives.push({ at: joined, reader, do: "join", choice: choose() });
    if (draw() * 100 < PERCENT.change) lives.push({ at: moment(joined), reader, do: "change", choice: choose() });
    if (draw() * 100 < PERCENT.pause) {
      lives.push({ at: moment(joined), reader, do: "pause", weeks: 1 + Math.floor(draw() * 12) });
    }
    if (draw() * 100 < PERCENT.leave) {
      const left = moment(joined);
      lives.push({ at: left, reader, do: "leave" });
      if (draw() * PERCENT.leave < PERCENT.comeBack) {
        lives.push({ at: moment(left), reader, do: "join", choice: choose() });
      }
    }
  }
  return { first, lives: lives.sort((a, b) => a.at - b.at) };
}

export interface VersionEntry {
  at: number;
  slug: string;
  topics: string[];
  /** A new review makes an event; another word alone does not. */
  reviewed: boolean;
}

/** Of a hundred later versions: the others are mended words. */
const REVIEWED = 60;

/** Versions of articles over the time: first sights and new reviews, and mended words that nobody is mailed about. */
export function write(
  draw: Draw,
  articles: number,
  versions: number,
  slugs: string[],
  start: number,
  days: number,
): VersionEntry[] {
  const moments = Array.from({ length: versions }, () => Math.floor(start + draw() * days * DAY)).sort((a, b) => a - b);
  const known: { slug: string; topics: string[] }[] = [];
  return moments.map((at, index) => {
    const open = articles - known.length;
    const isNew = open > 0 && (known.length === 0 || draw() < Math.max(open / (versions - index), open / articles / 2));
    if (isNew) {
      const topics = [...new Set(Array.from({ length: Math.floor(draw() * 4) }, () => oneOf(draw, slugs)))];
      known.push({ slug: `article-${known.length + 1}`, topics });
      return { at, ...(known.at(-1) as { slug: string; topics: string[] }), reviewed: true };
    }
    return { at, ...oneOf(draw, known), reviewed: draw() * 100 < REVIEWED };
  });
}
