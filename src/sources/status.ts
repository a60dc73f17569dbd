import type { Source } from "./queries.ts";
import { DAY_MS } from "./waits.ts";

/** From here on a source is not having a bad hour. */
const FAILING_AFTER_MS = DAY_MS;

export const SOURCE_STATUSES = ["ok", "waiting", "retrying", "failing", "gone", "paused"] as const;
export type SourceStatus = (typeof SOURCE_STATUSES)[number];

export function hasFailedForLong({ failing_since }: Pick<Source, "failing_since">, now: number): boolean {
  return failing_since !== null && now - failing_since >= FAILING_AFTER_MS;
}

/**
 * How a source stands, for people. `waiting`: its list or some of its pages are still to be looked at. `retrying`: it
 * could not be read lately; `failing`: for a day or longer. `gone`: its server says for good (410). Pure.
 */
export function statusOf(source: Source, duePages: number, now: number): SourceStatus {
  if (source.status === "paused") return "paused";
  if (source.gone_at !== null) return "gone";
  if (hasFailedForLong(source, now)) return "failing";
  if (source.failing_since !== null) return "retrying";
  return duePages > 0 || (source.next_poll_at !== null && source.next_poll_at <= now) ? "waiting" : "ok";
}
