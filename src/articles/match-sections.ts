import { likeness } from "./likeness.ts";
import type { Section } from "./version-content.ts";
import { looseMeaningOf, type Word, wordsOf } from "./words-of.ts";

/** A section with what comparing needs, prepared once. */
export interface Prepared {
  section: Section;
  index: number;
  heading: string;
  words: Word[];
  meaning: string;
}

export interface Match {
  before: Prepared;
  after: Prepared;
  renamed: boolean;
}

export interface Matching {
  matches: Match[];
  added: Prepared[];
  removed: Prepared[];
}

const SAME_TEXT = 0.5;
const SAME_HEADING = 0.6;
const SOME_TEXT = 0.2;
/** Above so many candidates on each side nobody renamed one section; the page was rewritten. */
const MOST_RENAMES = 40;

export function prepare(sections: Section[]): Prepared[] {
  return sections.map((section, index) => {
    const words = wordsOf(section.text);
    const meaning = words.map((word) => word.key).join(" ");
    return { section, index, heading: looseMeaningOf(section.heading), words, meaning };
  });
}

/** Pairs the sections of two versions: by heading and the headings above it, then by heading, then by likeness. */
export function matchSections(before: Prepared[], after: Prepared[]): Matching {
  const state: Matching = { matches: [], added: [...after], removed: [...before] };
  pair(state, paths(before), paths(after));
  pair(state, headings(state.removed), headings(state.added));
  pairRenamed(state);
  state.matches.sort((a, b) => a.after.index - b.after.index);
  return state;
}

type Keys = Map<Prepared, string>;

function headings(sections: Prepared[]): Keys {
  return new Map(sections.map((one) => [one, one.heading]));
}

/** "Side effects" under "Lithium" is not "Side effects" under "Ketamine". */
function paths(sections: Prepared[]): Keys {
  const above: Prepared[] = [];
  const keys: Keys = new Map();
  for (const one of sections) {
    while ((above.at(-1)?.section.level ?? 0) >= one.section.level) above.pop();
    above.push(one);
    keys.set(one, above.map(({ heading }) => heading).join("\n"));
  }
  return keys;
}

function pair(state: Matching, before: Keys, after: Keys): void {
  const waiting = new Map<string, Prepared[]>();
  for (const [one, key] of before) waiting.set(key, [...(waiting.get(key) ?? []), one]);
  for (const [one, key] of after) {
    const candidates = waiting.get(key) ?? [];
    const best = candidates.find(({ meaning }) => meaning === one.meaning) ?? candidates[0];
    if (!best) continue;
    candidates.splice(candidates.indexOf(best), 1);
    take(state, { before: best, after: one, renamed: false });
  }
}

function pairRenamed(state: Matching): void {
  if (state.removed.length > MOST_RENAMES || state.added.length > MOST_RENAMES) return;
  const pairs = state.removed.flatMap((before) =>
    state.added.map((after) => ({ before, after, renamed: true, likeness: renameLikeness(before, after) })),
  );
  for (const { likeness, ...match } of pairs.sort((a, b) => b.likeness - a.likeness)) {
    if (likeness > 0 && state.removed.includes(match.before) && state.added.includes(match.after)) take(state, match);
  }
}

/** 0 when the two are not the same section under two names. */
function renameLikeness(before: Prepared, after: Prepared): number {
  if (before.heading === "" || after.heading === "") return 0;
  const text = likeness(before.words.map(keyOf), after.words.map(keyOf));
  const heading = likeness(before.heading.split(" "), after.heading.split(" "));
  return text >= SAME_TEXT || (heading >= SAME_HEADING && text >= SOME_TEXT) ? text + heading / 10 : 0;
}

function take(state: Matching, match: Match): void {
  state.matches.push(match);
  state.removed.splice(state.removed.indexOf(match.before), 1);
  state.added.splice(state.added.indexOf(match.after), 1);
}

const keyOf = (word: Word): string => word.key;
