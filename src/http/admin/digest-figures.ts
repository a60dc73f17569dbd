import type { DigestReport } from "../../digests/index.ts";
import { words } from "./words.ts";

export const ROWS = [
  "queued",
  "submitted",
  "delivered",
  "bounced",
  "complained",
  "failed",
  "unknown",
  "skipped",
] as const;

/** Whether a digest's figures still change by themselves within minutes. */
export function isMoving({ status }: DigestReport): boolean {
  return status === "sending" || status === "paused" || status === "scheduled";
}

/** Figures of a digest in words, by the names that they have in its page. */
export function fieldsOf(digest: DigestReport): Record<string, string> {
  const { counts, skippedBecause } = digest;
  const fields = Object.fromEntries(ROWS.map((name) => [name, say(counts[name])]));
  const reasons = Object.entries(skippedBecause).map(([reason, count]) => [`skipped-${reason}`, say(count)]);
  const { handed, all } = handedOf(digest);
  return {
    ...fields,
    ...Object.fromEntries(reasons),
    handed: words.oneDigest.handed(say(handed), say(all)),
    bar: String(all === 0 ? 0 : Math.floor((handed * 1000) / all)),
    pace: paceOf(digest),
  };
}

/** What of a page is more than figures: when it changes, the page is loaded anew. */
export function shapeOf({ status, reason, plannedAt, waitingUntil, skippedBecause }: DigestReport): string {
  return JSON.stringify([status, reason, plannedAt, waitingUntil, Object.keys(skippedBecause).sort()]);
}

/** What the desk's own stream tells of a digest. */
export function toldOf(digest: DigestReport) {
  return { shape: shapeOf(digest), fields: fieldsOf(digest) };
}

/** Messages out of our hands, of those that are owed. */
function handedOf({ counts }: DigestReport): { handed: number; all: number } {
  const all = ROWS.reduce((sum, name) => sum + counts[name], 0) - counts.skipped;
  return { handed: all - counts.queued, all };
}

function paceOf({ perSecond, secondsLeft, waitingUntil }: DigestReport): string {
  const { pace, left } = words.oneDigest;
  const parts = [
    ...(perSecond === undefined || perSecond === 0 || waitingUntil !== undefined ? [] : [pace(say(perSecond))]),
    ...(secondsLeft === undefined || secondsLeft === 0 ? [] : [left(sayLong(secondsLeft))]),
  ];
  return parts.join(", ");
}

/** A time in its largest unit that is at least two of it. */
function sayLong(seconds: number): string {
  const { units } = words.oneDigest;
  if (seconds < 120) return units.seconds(seconds);
  if (seconds < 2 * 3600) return units.minutes(Math.round(seconds / 60));
  if (seconds < 2 * 86_400) return units.hours(Math.round(seconds / 3600));
  return units.days(Math.round(seconds / 86_400));
}

function say(count: number): string {
  return count.toLocaleString(words.tag);
}
