import { areAlike, likeness } from "./likeness.ts";
import { pairAlike } from "./pair-alike.ts";
import { type Prepared, sameMeaning } from "./prepare-sections.ts";

export interface Match {
  before: Prepared;
  after: Prepared;
  renamed: boolean;
}

export interface Matching {
  /** In the order of the newer page. */
  matches: Match[];
  added: Prepared[];
  removed: Prepared[];
}

const SAME_TEXT = 0.5;
const SAME_HEADING = 0.6;
const SOME_TEXT = 0.2;
/** A text of fewer words may change altogether and still be the same section. */
const SHORT = 12;

interface State {
  matches: Map<Prepared, Match>;
  added: Set<Prepared>;
  removed: Set<Prepared>;
}

/**
 * Pairs the sections of two versions: same place and heading, then same heading elsewhere, as long as the text has
 * something in common; then the same text under another heading; then what shares a place, whatever its text.
 */
export function matchSections(before: Prepared[], after: Prepared[]): Matching {
  const state: State = { matches: new Map(), added: new Set(after), removed: new Set(before) };
  pairNamesakes(state, ({ path }) => path, isShort);
  pairNamesakes(
    state,
    ({ heading }) => heading,
    () => false,
  );
  pairSameText(state);
  pairRenamed(state);
  pairInOrder(state, ({ path }) => path);
  pairParents(state);
  pairUnderMatched(state);
  const matches = [...state.matches.values()].sort((a, b) => a.after.index - b.after.index);
  return { matches, added: [...state.added], removed: [...state.removed] };
}

type KeyOf = (one: Prepared) => string;

/** Of several sections of one name those with the same text belong together, then those most alike. */
function pairNamesakes(state: State, keyOf: KeyOf, mayDiffer: (one: Prepared | undefined) => boolean): void {
  for (const [olds, news] of namesakes(state, keyOf)) {
    for (const after of news) {
      const same = olds.find((before) => state.removed.has(before) && sameMeaning(before, after));
      if (same) take(state, same, after);
    }
    const [left, free] = [olds.filter((one) => state.removed.has(one)), news.filter((one) => state.added.has(one))];
    if (left.length === 0 || free.length === 0) continue;
    const [only, other] = [left[0], free[0]];
    if (left.length + free.length === 2 && only && other) {
      if (mayDiffer(only) || mayDiffer(other) || areAlike(only.keys, other.keys, SOME_TEXT)) take(state, only, other);
      continue;
    }
    const score = (b: number, a: number, alike: number) =>
      alike >= SOME_TEXT || mayDiffer(left[b]) || mayDiffer(free[a]) ? 0.01 + alike : 0;
    for (const [b, a] of pairAlike(left.map(keysOf), free.map(keysOf), score)) {
      takeBoth(state, left[b], free[a]);
    }
  }
}

function namesakes(state: State, keyOf: KeyOf): [Prepared[], Prepared[]][] {
  const olds = groupBy(state.removed, keyOf);
  return [...groupBy(state.added, keyOf)].flatMap(([key, news]): [Prepared[], Prepared[]][] => {
    const group = olds.get(key);
    return group ? [[group, news]] : [];
  });
}

function groupBy(sections: Set<Prepared>, keyOf: KeyOf): Map<string, Prepared[]> {
  const groups = new Map<string, Prepared[]>();
  for (const one of sections) {
    const key = keyOf(one);
    const group = groups.get(key);
    if (group) group.push(one);
    else groups.set(key, [one]);
  }
  return groups;
}

/** The same text under another heading; where a page has it once only on either side nothing else can be meant. */
function pairSameText(state: State): void {
  if (state.removed.size === 0) return;
  for (const [olds, news] of namesakes(state, ({ meaning }) => meaning)) {
    const [before, after] = [olds[0], news[0]];
    if (olds.length > 1 || news.length > 1 || !before || !after || before.meaning === "") continue;
    takeBoth(state, before, after);
  }
}

function pairRenamed(state: State): void {
  const [olds, news] = [[...state.removed], [...state.added]];
  if (olds.length === 0 || news.length === 0) return;
  const headings = new Map([...olds, ...news].map((one) => [one, one.heading.split(" ")]));
  const score = (b: number, a: number, text: number) => {
    const [before, after] = [olds[b], news[a]];
    if (!before || !after || text < SOME_TEXT) return 0;
    const heading =
      before.heading === "" || after.heading === ""
        ? 0
        : likeness(headings.get(before) ?? [], headings.get(after) ?? []);
    return text >= SAME_TEXT || heading >= SAME_HEADING ? text + heading / 10 : 0;
  };
  for (const [b, a] of pairAlike(olds.map(keysOf), news.map(keysOf), score)) takeBoth(state, olds[b], news[a]);
}

/** What is left of one name is one section, rewritten. */
function pairInOrder(state: State, keyOf: KeyOf): void {
  for (const [olds, news] of namesakes(state, keyOf)) {
    for (const [place, before] of olds.entries()) takeBoth(state, before, news[place]);
  }
}

/** A heading over nothing but other sections is known by these, or by its own words. */
function pairParents(state: State): void {
  for (const { before, after } of [...state.matches.values()]) {
    if (before.parent?.section.text === "" && after.parent?.section.text === "") {
      takeBoth(state, before.parent, after.parent);
    }
  }
  for (const before of [...state.removed].filter(isEmpty)) {
    const after = [...state.added].filter(isEmpty).find((one) => likeWords(one, before) >= SAME_HEADING);
    takeBoth(state, before, after);
  }
}

/** Of one heading under sections that belong together, or on a page whose outline became deeper or flatter. */
function pairUnderMatched(state: State): void {
  for (const [olds, news] of namesakes(state, ({ heading }) => heading)) {
    for (const after of news) {
      const before = olds.find((one) => state.removed.has(one) && mayShareText(state, one, after));
      takeBoth(state, before, after);
    }
  }
}

function mayShareText(state: State, { parent: old }: Prepared, { parent: now }: Prepared): boolean {
  return old === null || now === null || state.matches.get(now)?.before === old;
}

function takeBoth(state: State, before: Prepared | undefined, after: Prepared | undefined): void {
  if (before && after && state.removed.has(before) && state.added.has(after)) take(state, before, after);
}

function take(state: State, before: Prepared, after: Prepared): void {
  state.matches.set(after, { before, after, renamed: before.heading !== after.heading });
  state.removed.delete(before);
  state.added.delete(after);
}

const keysOf = ({ keys }: Prepared): string[] => keys;
const isShort = (one: Prepared | undefined): boolean => one !== undefined && one.words.length < SHORT;
const isEmpty = ({ section }: Prepared): boolean => section.text === "";
const likeWords = (a: Prepared, b: Prepared): number => likeness(a.heading.split(" "), b.heading.split(" "));
