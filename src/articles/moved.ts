import type { Match } from "./match-sections.ts";
import type { Prepared } from "./prepare-sections.ts";

/** The sections that left their order; those that only went along with the section they belong to did not. */
export function movedMatches(matches: Match[]): Set<Match> {
  const places = movedPlaces(matches.map((match) => match.before.index));
  const moved = new Set(matches.filter((_, place) => places.has(place)));
  const byAfter = new Map<Prepared, Match>(matches.map((match) => [match.after, match]));
  const wentAlong = ({ before, after }: Match) => {
    const parent = after.parent ? byAfter.get(after.parent) : undefined;
    return parent !== undefined && parent.before === before.parent && moved.has(parent);
  };
  return new Set([...moved].filter((match) => !wentAlong(match)));
}

/**
 * The positions that moved: those outside the longest run that kept its order. Takes the former positions in their new
 * order and gives the places in that list.
 */
function movedPlaces(order: number[]): Set<number> {
  const tails: number[] = [];
  const previous: number[] = [];
  for (const [place, value] of order.entries()) {
    let at = tails.findIndex((tail) => (order[tail] ?? 0) >= value);
    if (at < 0) at = tails.length;
    previous[place] = at > 0 ? (tails[at - 1] ?? -1) : -1;
    tails[at] = place;
  }
  const moved = new Set(order.keys());
  for (let place = tails.at(-1) ?? -1; place >= 0; place = previous[place] ?? -1) moved.delete(place);
  return moved;
}
