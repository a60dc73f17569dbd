import type { Messages } from "./_messages/messages.ts";

/**
 * A day in the reader's words: `2026-01-09` is "January 9, 2026", `2024-01` is "January 2024".
 * What is neither comes back as it is: a page's own wording is better than a guess.
 */
export function sayDay(day: string, messages: Messages): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(day);
  const date = new Date(`${day}${match?.[3] === undefined ? "-01" : ""}T00:00:00Z`);
  if (match === null || Number.isNaN(date.getTime())) return day;
  return formatter(messages.dateLocale, match[3] !== undefined).format(date);
}

/** Making a formatter costs more than the rest of an item's rendering. One a language and form is kept. */
const formatters = new Map<string, Intl.DateTimeFormat>();

function formatter(locale: string, withDay: boolean): Intl.DateTimeFormat {
  const name = `${locale} ${withDay}`;
  const made =
    formatters.get(name) ??
    new Intl.DateTimeFormat(locale, {
      year: "numeric",
      month: "long",
      ...(withDay ? { day: "numeric" } : {}),
      timeZone: "UTC",
    });
  formatters.set(name, made);
  return made;
}
