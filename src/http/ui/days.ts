/** A calendar day in the reader's words: `2026-01-09` is "January 9, 2026", `2024-01` is "January 2024". */
export function sayDay(day: string, tag: string, options: { weekday?: boolean } = {}): string {
  const match = /^\d{4}-\d{2}(-\d{2})?$/.exec(day);
  const date = new Date(`${day}${match?.[1] === undefined ? "-01" : ""}T00:00:00Z`);
  if (match === null || Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(tag, {
    year: "numeric",
    month: "long",
    ...(match[1] === undefined ? {} : { day: "numeric" }),
    ...(options.weekday ? { weekday: "long" } : {}),
    timeZone: "UTC",
  }).format(date);
}

/** The day of a moment in a zone, in the reader's words. */
export function sayMoment(at: number | string, tag: string, timeZone: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: "long", timeZone }).format(new Date(at));
}

/** Day and time of a moment in a zone, to the minute. */
export function sayMinute(at: number | string, tag: string, timeZone: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "short", timeZone }).format(new Date(at));
}

/** Day and time of a moment in a zone. */
export function sayTime(at: number | string, tag: string, timeZone: string): string {
  return new Intl.DateTimeFormat(tag, { dateStyle: "medium", timeStyle: "medium", timeZone }).format(new Date(at));
}
