import { localTime } from "../local-time.ts";
import type { Cadence } from "../subscribers/words.ts";

/** When editions leave, the same for every reader in their own zone. */
export interface Calendar {
  /** Hour of the day, 0 to 23. */
  sendHour: number;
  /** ISO weekday of the weekly edition; the monthly one leaves on its first such day of the month. */
  sendDay: number;
}

const DAY_MS = 86_400_000;

/**
 * The latest edition of a rhythm that has come due in a zone: its local day `YYYY-MM-DD`. Works by the wall clock of the
 * zone, so that a change of daylight saving moves no edition: at 08:00 local time the hour is 8, whatever the offset. An
 * hour that the clocks leave out comes with the next one; one that comes twice may show the edition before it again.
 * A zone that this runtime does not know counts as UTC.
 */
export function editionDue(
  cadence: Exclude<Cadence, "immediate">,
  timezone: string,
  now: number,
  calendar: Calendar,
): string {
  const local = localTime(timezone, now);
  let day = local.hour >= calendar.sendHour ? local.day : local.day - DAY_MS;
  while (!isEditionDay(cadence, day, calendar.sendDay)) day -= DAY_MS;
  return new Date(day).toISOString().slice(0, 10);
}

function isEditionDay(cadence: Exclude<Cadence, "immediate">, day: number, sendDay: number): boolean {
  const date = new Date(day);
  if (cadence === "daily") return true;
  if ((date.getUTCDay() + 6) % 7 !== sendDay - 1) return false;
  return cadence === "weekly" || date.getUTCDate() <= 7;
}
