import type { Changes, TakenIn } from "../articles/index.ts";
import type { DigestCounts } from "../digests/index.ts";

/** An article that was taken in, in a few lines. */
export function describeArticle({ article, version, warnings }: TakenIn): string[] {
  const { title, slug, publishedOn, updatedOn, reviewedOn, reviewers, readingMinutes, references, sections } = article;
  const unknown = "not said";
  return [
    `${title} (${slug}), version ${version}`,
    `published ${publishedOn ?? unknown}, updated ${updatedOn ?? unknown}, reviewed ${reviewedOn ?? unknown}`,
    `by ${reviewers.join(", ") || unknown}`,
    `${readingMinutes ?? "?"} min, ${sections.length} sections, ${references} references`,
    ...warnings.map(({ field, text }) => `${field}: ${text}`),
  ];
}

/** What differs from the version before; nothing where there is none. */
export function describeChanges(changes: Changes | null): string[] {
  if (!changes) return [];
  const { added, removed, renamed, moved, changed } = changes;
  const lists = { added, removed, renamed: renamed.map(([from, to]) => `${from} → ${to}`), moved, changed };
  return Object.entries(lists)
    .filter(([, list]) => list.length > 0)
    .map(([name, list]) => `${name}: ${list.join(", ")}`);
}

export function describeCounts({ candidates, excluded, ...states }: DigestCounts): string {
  const left = Object.values(excluded).reduce((sum, count) => sum + count, 0);
  const standing = Object.entries(states).filter(([, count]) => count > 0);
  return [`${candidates} decided`, `${left} left out`, ...standing.map(([name, count]) => `${count} ${name}`)].join(
    ", ",
  );
}
