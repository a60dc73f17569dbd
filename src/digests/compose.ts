import type { DigestItem } from "../../emails/index.ts";
import { type Changes, type DigestSourceEvent, whatChanged } from "../articles/index.ts";
import { disarm } from "../delivery/index.ts";

/** What composing needs to know of the place it composes for. */
export interface ComposeOptions {
  /** Topic names by slug. */
  topicNames: Map<string, string>;
  /** Where an article's changes are shown. */
  changesUrl: (slug: string) => string;
}

/**
 * Turns article events into the items of an edition, most important first: corrections, re-reviews that changed
 * something, new articles, re-reviews that changed nothing. Several events of one article are one item that tells the
 * latest, and what changed since before the first of them. Pure.
 */
export function composeItems(events: DigestSourceEvent[], options: ComposeOptions): DigestItem[] {
  const byArticle = new Map<number, DigestSourceEvent[]>();
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    byArticle.set(event.articleId, [...(byArticle.get(event.articleId) ?? []), event]);
  }
  return [...byArticle.values()]
    .map((group) => ({ item: toItem(group, options), seq: group.at(-1)?.seq ?? 0 }))
    .sort((a, b) => rank(a.item) - rank(b.item) || b.seq - a.seq)
    .map(({ item }) => item);
}

function rank({ kind, changes }: DigestItem): number {
  if (kind === "corrected") return 0;
  if (kind === "published") return 2;
  return changes && hasChanges(changes) ? 1 : 3;
}

function hasChanges(changes: Changes): boolean {
  const { added, removed, renamed, moved, changed, references } = changes;
  return [added, removed, renamed, moved, changed, references.added, references.removed].some(
    (list) => list.length > 0,
  );
}

function toItem(group: DigestSourceEvent[], { topicNames, changesUrl }: ComposeOptions): DigestItem {
  const last = group.at(-1) as DigestSourceEvent;
  const { version } = last;
  return {
    kind: last.kind,
    title: disarm(version.title),
    url: last.url,
    changesUrl: changesUrl(last.slug),
    summary: version.summary === null ? null : disarm(version.summary),
    note: last.note === null ? null : disarm(last.note),
    changes: disarmed(changesOver(group)),
    publishedOn: version.publishedOn,
    updatedOn: version.updatedOn,
    reviewedOn: version.reviewedOn,
    reviewers: version.reviewers.map(disarm),
    readingMinutes: version.readingMinutes,
    references: version.references.length,
    topics: last.topics.map((slug) => topicNames.get(slug) ?? slug),
  };
}

/** What changed over all of an article's events in the edition; null where a reader hears of it for the first time. */
function changesOver(group: DigestSourceEvent[]): Changes | null {
  const told = group.filter((event) => event.previousVersion !== null);
  const first = told[0];
  const last = told.at(-1);
  if (!first?.previousVersion || !last) return null;
  if (told.length === 1) return last.changes;
  return whatChanged(first.previousVersion, last.version);
}

function disarmed(changes: Changes | null): Changes | null {
  return changes === null
    ? null
    : (JSON.parse(JSON.stringify(changes), (_, value) =>
        typeof value === "string" ? disarm(value) : value,
      ) as Changes);
}
