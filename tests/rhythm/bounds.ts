import type { Choice, Log } from "./oracle.ts";
import type { Verdict } from "./verdict.ts";

/** A stretch of a reader's life with one choice; places in the log's order. */
interface Stretch {
  from: number;
  to: number;
  /** When it ended; null when it lasts. */
  endedAt: number | null;
  choice: Choice;
  /** Which subscription it belongs to: coming back is a new one. */
  membership: number;
}

/**
 * What must hold of one reader whatever the moments were: no event twice; none that was of no interest from its day on,
 * or of before they came, unless an editor picked it; every one that was of interest all the time, to whoever stayed.
 */
export function judgeBounds(log: Log, reader: number, told: { seq: number; at: number }[]): Verdict {
  const stretches = stretchesOf(log, reader);
  const last = stretches.at(-1);
  const picked = new Set(log.shared.flatMap((entry) => (entry.kind === "send" ? (entry.picked ?? []) : [])));
  const count = new Map<number, number>();
  for (const { seq } of told) count.set(seq, (count.get(seq) ?? 0) + 1);
  const verdict: Verdict = { pairs: 0, twice: 0, missed: 0, uninvited: 0, late: 0 };
  for (const event of log.shared) {
    if (event.kind !== "event") continue;
    const times = count.get(event.seq) ?? 0;
    const after = stretches.filter((one) => one.to > event.place);
    const own = after.filter((one) => one.membership === after[0]?.membership && (after[0]?.from ?? 0) < event.place);
    const candidates = picked.has(event.seq) ? after : own;
    const mayBe = candidates.some((one) => matches(one.choice, event.topics));
    const stayed = last !== undefined && last.endedAt === null && own.at(-1) === last;
    const mustBe = stayed && own.every((one) => matches(one.choice, event.topics));
    if (mustBe) verdict.pairs += 1;
    if (mustBe && times === 0) verdict.missed += 1;
    if (!mayBe && times > 0) verdict.uninvited += 1;
    if (times > 1) verdict.twice += times - 1;
  }
  return verdict;
}

function matches({ topics }: Choice, about: string[]): boolean {
  return topics.length === 0 || about.length === 0 || about.some((topic) => topics.includes(topic));
}

function stretchesOf(log: Log, reader: number): Stretch[] {
  const stretches: Stretch[] = [];
  let membership = 0;
  for (const entry of log.of(reader)) {
    if (entry.kind === "pause") continue;
    const open = stretches.at(-1);
    if (open?.endedAt === null) Object.assign(open, { to: entry.place, endedAt: entry.at });
    if (entry.kind === "join") membership += 1;
    if (entry.kind === "leave") continue;
    stretches.push({
      from: entry.place,
      to: Number.POSITIVE_INFINITY,
      endedAt: null,
      choice: entry.choice,
      membership,
    });
  }
  return stretches;
}
