/**
 * The positions that moved: those outside the longest run that kept its order. Takes the former positions in their new
 * order and gives the places in that list.
 */
export function movedPlaces(order: number[]): Set<number> {
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
