import type { Messages } from "./_messages/messages.ts";

/**
 * A day in the reader's words: `2026-01-09` is "January 9, 2026", `2024-01` is "January 2024".
 * What is neither comes back as it is: a page's own wording is better than a guess.
 */
export function sayDay(day: string, messages: Messages): string {
  const match = /^(\d{4})-(\d{2})(?:-(\d{2}))?$/.exec(day);
  const date = new Date(`${day}${match?.[3] === undefined ? "-01" : ""}T00:00:00Z`);
  if (match === null || Number.isNaN(date.getTime())) return day;
  return new Intl.DateTimeFormat(messages.dateLocale, {
    year: "numeric",
    month: "long",
    ...(match[3] === undefined ? {} : { day: "numeric" }),
    timeZone: "UTC",
  }).format(date);
}
