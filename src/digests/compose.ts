import type { DigestItem } from "../../emails/index.ts";
import { type Changes, type DigestSourceEvent, nothingChanged, tellChanges, whatChanged } from "../articles/index.ts";
import { disarm } from "../delivery/index.ts";
import type { Locale } from "../subscribers/words.ts";

/** What composing needs to know of the place it composes for. */
export interface ComposeOptions {
  /** Topic names by slug. */
  topicNames: Map<string, string>;
  /** Where an article's changes are shown. */
  changesUrl: (slug: string) => string;
  /** The reader's language: what changed is said in it. Default `en`. */
  locale?: Locale;
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
  return changes && !nothingChanged(changes) ? 1 : 3;
}

function toItem(group: DigestSourceEvent[], { topicNames, changesUrl, locale = "en" }: ComposeOptions): DigestItem {
  const last = group.at(-1) as DigestSourceEvent;
  const { title, summary, publishedOn, updatedOn, reviewedOn, reviewers, readingMinutes, references } = last.version;
  const changes = changesOver(group);
  return disarmed({
    kind: last.kind,
    title,
    url: last.url,
    changesUrl: changesUrl(last.slug),
    summary,
    note: last.note,
    changes: changes && tellChanges(changes, locale),
    publishedOn,
    updatedOn,
    reviewedOn,
    reviewers,
    readingMinutes,
    references: references.length,
    topics: last.topics.map((slug) => topicNames.get(slug) ?? slug),
  });
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

/** Whatever a page or a link says, it must not ask for a reader's token. */
function disarmed<T>(value: T): T {
  return JSON.parse(JSON.stringify(value), (_, inner) => (typeof inner === "string" ? disarm(inner) : inner)) as T;
}
