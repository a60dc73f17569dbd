import { containment } from "./likeness.ts";
import type { Match, Matching } from "./match-sections.ts";
import type { Prepared } from "./prepare-sections.ts";

/** Text that went over from one section to another: whole, or nearly. */
const WENT_OVER = 0.85;
/** What still stands where it stood is a repetition, not a move. */
const STILL_THERE = 0.6;
/** Fewer words than these are alike by chance. */
const LEAST_WORDS = 8;
/** Beyond so many sections a side the page was made anew. */
const MOST_SECTIONS = 60;

export interface Exchange {
  /** New sections, and the section whose text they now hold. */
  split: Map<Prepared, Match>;
  /** Sections that are gone, and the section that now holds their text. */
  merged: Map<Prepared, Match>;
}

/** Finds sections that were split off another, and sections that went into another. */
export function findExchange({ matches, added, removed }: Matching): Exchange {
  const split = holders(added, matches, (match) => [match.before, match.after]);
  const merged = holders(removed, matches, (match) => [match.after, match.before]);
  return { split, merged };
}

type Sides = (match: Match) => [holds: Prepared, held: Prepared];

function holders(parts: Prepared[], matches: Match[], sides: Sides): Map<Prepared, Match> {
  const found = new Map<Prepared, Match>();
  if (parts.length > MOST_SECTIONS || matches.length > MOST_SECTIONS) return found;
  const edited = matches.filter(({ before, after }) => before.section.text !== after.section.text);
  for (const part of parts.filter(({ keys }) => keys.length >= LEAST_WORDS)) {
    const holder = edited.find((match) => {
      const [holds, held] = sides(match);
      return (
        holds.keys.length > part.keys.length * WENT_OVER &&
        holdsRun(holds, part) &&
        containment(part.keys, held.keys) < STILL_THERE
      );
    });
    if (holder) found.set(part, holder);
  }
  return found;
}

/** The words, and most of them in the same company: shared common words alone prove nothing. */
function holdsRun(whole: Prepared, part: Prepared): boolean {
  if (containment(part.keys, whole.keys) < WENT_OVER) return false;
  return containment(pairs(part.keys), pairs(whole.keys)) >= WENT_OVER - 0.15;
}

function pairs(keys: string[]): string[] {
  return keys.slice(1).map((key, place) => `${keys[place]} ${key}`);
}
