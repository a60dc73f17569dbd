import { localTime } from "../local-time.ts";

/**
 * The latest month, `YYYY-MM`, whose reminders have come due in a zone: they do on its first day at the sending hour, by
 * the zone's own clock. Pure.
 */
export function monthDue(timezone: string, now: number, sendHour: number): string {
  const { day, hour } = localTime(timezone, now);
  const date = new Date(day);
  const early = date.getUTCDate() === 1 && hour < sendHour;
  const month = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() - (early ? 1 : 0), 1));
  return month.toISOString().slice(0, 7);
}
