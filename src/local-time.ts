/** The zone's calendar day, as UTC midnight of that date, and its hour. */
export function localTime(timezone: string, now: number): { day: number; hour: number } {
  const parts = formatter(timezone).formatToParts(now);
  const part = (type: string) => Number(parts.find((one) => one.type === type)?.value);
  return { day: Date.UTC(part("year"), part("month") - 1, part("day")), hour: part("hour") };
}

/** The zone's calendar day, `YYYY-MM-DD`. */
export function localDay(timezone: string, now: number): string {
  return new Date(localTime(timezone, now).day).toISOString().slice(0, 10);
}

function formatter(timeZone: string): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat("en-US", {
    timeZone,
    year: "numeric",
    month: "numeric",
    day: "numeric",
    hour: "numeric",
    hourCycle: "h23",
  });
}
