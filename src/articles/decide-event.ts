import { contentHash } from "./content-hash.ts";
import { isLater } from "./reading/days.ts";
import type { VersionContent } from "./version-content.ts";

/** What is known of an article before a version arrives. */
export interface KnownArticle {
  latest: VersionContent;
  /** Hashes of every version so far. */
  hashes: string[];
  /** Every day of review that any version gave. */
  reviewDays: string[];
}

export interface Decision {
  /** Whether what arrived is a new version. */
  version: boolean;
  event: "published" | "re-reviewed" | null;
  /** Whether it is an older state of the page than one already known. */
  stale: boolean;
}

/**
 * Decides what a version that arrives means. First sight: `published`, unless it is taken in as the backlog. The day of
 * review moved forward: `re-reviewed`. Anything else that differs is a version and no event; the same in meaning is
 * nothing, and so is an older state that is already known. `today` is `YYYY-MM-DD`. Pure.
 */
export function decideEvent(
  known: KnownArticle | null,
  incoming: VersionContent,
  today: string,
  backfill: boolean,
): Decision {
  if (!known) return { version: true, event: backfill ? null : "published", stale: false };
  const hash = contentHash(incoming);
  if (hash === contentHash(known.latest)) return { version: false, event: null, stale: false };
  const stale = isStale(known, incoming.reviewedOn, today);
  if (stale && known.hashes.includes(hash)) return { version: false, event: null, stale };
  const forward = movedForward(known, incoming.reviewedOn, today);
  return { version: true, event: forward && !backfill ? "re-reviewed" : null, stale };
}

function isStale(known: KnownArticle, day: string | null, today: string): boolean {
  const last = lastReview(known, day, today);
  return day !== null && last !== null && isLater(last, day);
}

/** A first day of review counts when it is later than every day the page gave before: the review happened since. */
function movedForward(known: KnownArticle, day: string | null, today: string): boolean {
  if (day === null) return false;
  const last = lastReview(known, day, today);
  if (last !== null) return isLater(day, last);
  const { publishedOn, updatedOn } = known.latest;
  const earlier = [publishedOn, updatedOn].filter((on) => on !== null);
  return earlier.length > 0 && earlier.every((on) => isLater(day, on));
}

/**
 * The latest day of review known. One in the future was a slip of the pen, and must not silence every later review;
 * unless what arrives lies in the future as well.
 */
function lastReview({ reviewDays }: KnownArticle, incoming: string | null, today: string): string | null {
  const future = incoming !== null && isLater(incoming, today);
  const credible = reviewDays.filter((day) => future || !isLater(day, today));
  return credible.reduce<string | null>((last, day) => (last === null || isLater(day, last) ? day : last), null);
}
