// Gmail hides the end of a mail, unsubscribe link included, past 102 KB.
const BUDGET = 78_000;
/** Bytes of HTML: the frame and its style sheets, and the tags around one text. */
const FRAME = 10_000;
const TAGS = 115;

/**
 * The view in the widest room of which a mail stays small enough; in the last room when none does. `weights` holds what
 * the objects weigh that views share.
 */
export function fitting<R, V>(
  [widest, ...narrower]: readonly [R, ...R[]],
  viewIn: (room: R) => V,
  weights = new WeakMap<object, number>(),
): V {
  let view = viewIn(widest);
  for (const room of narrower) {
    if (FRAME + weigh(view, weights) <= BUDGET) return view;
    view = viewIn(room);
  }
  return view;
}

/** Bytes of HTML that a view's texts take, about: what is escaped as it is escaped, and tags around each. */
function weigh(value: unknown, weights: WeakMap<object, number>): number {
  if (typeof value === "string") {
    const escapes = value.match(/[&<>"']/g)?.length ?? 0;
    return Buffer.byteLength(value) + 5 * escapes + TAGS;
  }
  if (typeof value !== "object" || value === null) return 0;
  const weight =
    weights.get(value) ?? Object.values(value).reduce<number>((sum, inner) => sum + weigh(inner, weights), 0);
  weights.set(value, weight);
  return weight;
}
