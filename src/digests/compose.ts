import type { DigestItem } from "../../emails/index.ts";
import {
  type Changes,
  type DigestSourceEvent,
  nothingChanged,
  reviewDebt,
  tellChanges,
  whatChanged,
} from "../articles/index.ts";
import { disarmed } from "../delivery/index.ts";
import type { Locale } from "../subscribers/words.ts";

/** What composing needs to know of the place it composes for. */
export interface ComposeOptions {
  /** Topic names by slug. */
  topicNames: Map<string, string>;
  /** Where an article's changes are shown. */
  changesUrl: (slug: string) => string;
  /** The reader's language: what changed is said in it. Default `en`. */
  locale?: Locale;
  /** `YYYY-MM-DD`, the day of the edition. */
  today: string;
  /** After how many months an article is due for review. */
  reviewMonths: number;
}

/** As many articles as a letter tells in full, and as many as it names in one line each. */
const MOST_TOLD = 12;
const MOST_NAMED = 10;

/** What an edition says to a reader who is told these events. */
export interface Composition {
  /** Most important first. */
  items: DigestItem[];
  /** Articles there was no room for: a reader who was away is not sent a hundred. */
  rest: number;
  /** Ids of the versions that the items carry. */
  carried: number[];
}

/**
 * Turns article events into an edition: corrections, re-reviews that changed something, new articles, re-reviews that
 * changed nothing. Several events of one article are one item that tells the latest, and what changed since before the
 * first of them; a correction among them is told with it. Pure.
 */
export function composeEdition(events: DigestSourceEvent[], options: ComposeOptions): Composition {
  return composer(options)(events);
}

/**
 * Composes editions of the same events, as `composeEdition` does. What an article's events come to is worked out once and
 * is the same object in each edition; so events must not change, and each must be known by its number alone.
 */
export function composer(options: ComposeOptions): (events: DigestSourceEvent[]) => Composition {
  const items = new Map<string, DigestItem>();
  return (events) =>
    compose(events, (group) => {
      const name = group.map((event) => event.seq).join(" ");
      const item = items.get(name) ?? toItem(group, options);
      items.set(name, item);
      return item;
    });
}

function compose(events: DigestSourceEvent[], itemOf: (group: DigestSourceEvent[]) => DigestItem): Composition {
  const byArticle = new Map<number, DigestSourceEvent[]>();
  for (const event of [...events].sort((a, b) => a.seq - b.seq)) {
    byArticle.set(event.articleId, [...(byArticle.get(event.articleId) ?? []), event]);
  }
  const ranked = [...byArticle.values()]
    .map((group) => ({ group, item: itemOf(group), seq: group.at(-1)?.seq ?? 0 }))
    .sort((a, b) => rank(a.item) - rank(b.item) || b.seq - a.seq);
  const full = ranked.filter(({ item }) => rank(item) < UNCHANGED).slice(0, MOST_TOLD);
  const lines = ranked.filter(({ item }) => rank(item) === UNCHANGED).slice(0, MOST_NAMED);
  const shown = [...full, ...lines];
  return {
    items: shown.map(({ item }) => item),
    rest: ranked.length - shown.length,
    carried: shown.flatMap(({ group }) => group.at(-1)?.versionId ?? []),
  };
}

const UNCHANGED = 4;

function rank({ kind, severity, changes }: DigestItem): number {
  if (kind === "corrected") return severity === "safety" ? 0 : 1;
  if (kind === "published") return 3;
  return changes && !nothingChanged(changes) ? 2 : UNCHANGED;
}

function toItem(
  group: DigestSourceEvent[],
  { topicNames, changesUrl, today, reviewMonths, locale = "en" }: ComposeOptions,
): DigestItem {
  const last = group.at(-1) as DigestSourceEvent;
  const { title, summary, publishedOn, updatedOn, reviewedOn, reviewers, readingMinutes, references } = last.version;
  const corrections = group.flatMap((event) => event.correction ?? []);
  const changes = changesOver(group);
  return disarmed({
    kind: group.findLast((event) => event.kind !== "corrected")?.kind ?? "corrected",
    severity: corrections.at(-1)?.severity ?? null,
    corrections: corrections.map(({ severity, wrong, right, why, correctedAt }) => ({
      severity,
      wrong,
      right,
      why,
      correctedOn: new Date(correctedAt).toISOString().slice(0, 10),
    })),
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
    reviewOverdueMonths: reviewDebt(last.version, today, reviewMonths)?.months ?? null,
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
