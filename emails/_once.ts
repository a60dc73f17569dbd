/**
 * A function of an object and of what `name` tells apart, worked out once for each. What it gave is kept as long as the
 * object is, which must not change.
 */
export function once<O extends object, How extends unknown[], V>(
  work: (of: O, ...how: How) => V,
  name: (...how: How) => string,
): (of: O, ...how: How) => V {
  const kept = new WeakMap<O, Map<string, V>>();
  return (of, ...how) => {
    const known = kept.get(of) ?? new Map<string, V>();
    kept.set(of, known);
    const key = name(...how);
    if (!known.has(key)) known.set(key, work(of, ...how));
    return known.get(key) as V;
  };
}
