import { editionDue } from "../../digests/index.ts";
import type { Cadence } from "../../subscribers/words.ts";

const DAY_MS = 86_400_000;
/** A month, and the week until its first day of sending. */
const FARTHEST_DAYS = 38;

/** The local day, `YYYY-MM-DD`, of the edition after now in a reader's zone: the first day on which another comes due. */
export function nextEdition(
  cadence: Exclude<Cadence, "immediate">,
  timezone: string,
  now: number,
  calendar: { sendHour: number; sendDay: number },
): string {
  const latest = editionDue(cadence, timezone, now, calendar);
  for (let days = 1; days <= FARTHEST_DAYS; days += 1) {
    const due = editionDue(cadence, timezone, now + days * DAY_MS, calendar);
    if (due !== latest) return due;
  }
  return latest;
}
