import type { Telling } from "./oracle.ts";

/** What is wrong with what readers were told, in pairs of reader and event. */
export interface Verdict {
  pairs: number;
  twice: number;
  missed: number;
  /** Told although the oracle says never. */
  uninvited: number;
  /** Told at another moment than the oracle says, or more than an hour after it could have been. */
  late: number;
}

const HOUR = 3_600_000;

/** Holds what one reader was told against what the oracle says. A look that makes up for an outage is in time. */
export function judge(
  expected: Telling[],
  told: { seq: number; at: number }[],
  isMakingUp: (at: number) => boolean = () => false,
): Verdict {
  const due = new Map(expected.map((telling) => [telling.seq, telling]));
  const had = new Set<number>();
  const verdict: Verdict = { pairs: expected.length, twice: 0, missed: 0, uninvited: 0, late: 0 };
  for (const { seq, at } of told) {
    const telling = due.get(seq);
    if (had.has(seq)) verdict.twice += 1;
    else if (!telling) verdict.uninvited += 1;
    else if (telling.at !== at || (at >= telling.since + HOUR && !isMakingUp(at))) verdict.late += 1;
    had.add(seq);
  }
  verdict.missed = expected.filter((telling) => !had.has(telling.seq)).length;
  return verdict;
}

export function addTo(total: Verdict, one: Verdict): void {
  for (const name of Object.keys(one) as (keyof Verdict)[]) total[name] += one[name];
}

export const NOTHING_WRONG: Omit<Verdict, "pairs"> = { twice: 0, missed: 0, uninvited: 0, late: 0 };
