/**
 * A set of topics in one column: sorted slugs between commas, so that equal sets are equal strings and one topic is
 * found by `like '%,adhd,%'`. Empty means every topic for a reader, and none recognised for an article.
 */
export function packTopics(slugs: Iterable<string>): string {
  const sorted = [...new Set(slugs)].sort();
  return sorted.length === 0 ? "" : `,${sorted.join(",")},`;
}

export function unpackTopics(set: string): string[] {
  return set === "" ? [] : set.slice(1, -1).split(",");
}

/** Whether a reader of `wanted` hears of something about `about`. What has no topic is for everyone. */
export function topicsMatch(wanted: string, about: string): boolean {
  if (wanted === "" || about === "") return true;
  return unpackTopics(about).some((slug) => wanted.includes(`,${slug},`));
}
