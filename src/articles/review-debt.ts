import type { VersionContent } from "./version-content.ts";

type Dates = Pick<VersionContent, "reviewedOn" | "updatedOn" | "publishedOn">;

export interface ReviewDebt {
  /** The day the age is counted from, as the article gives it: `YYYY-MM-DD`, or `YYYY-MM`. */
  since: string;
  /** Which day that is; `updated` and `published` only where the article was never reviewed. */
  basis: "reviewed" | "updated" | "published";
  /** Whole months that have passed since. */
  months: number;
}

/**
 * How long ago an article was last reviewed, when that is more than `months` months before `today` (`YYYY-MM-DD`); else
 * null. One that was never reviewed counts from the later of its days of update and publication, a month from its last
 * day; without any date the age is not known and the answer is null. Pure.
 */
export function reviewDebt(article: Dates, today: string, months: number): ReviewDebt | null {
  const last = lastLooked(article);
  if (last === null || comparableDay(last.since) >= reviewedSince(today, months)) return null;
  return { ...last, months: monthsBetween(last.since, today) };
}

/**
 * The first day whose review is not older than so many months on `today`: the same day of that month, or the first of
 * the next one where the month has no such day. What is reviewed on it is due the day after `today`. Pure.
 */
export function reviewedSince(today: string, months: number): string {
  const [year, month, day] = partsOf(today);
  const exists = day <= daysIn(year, month - months);
  const date = new Date(Date.UTC(year, month - 1 - months + (exists ? 0 : 1), exists ? day : 1));
  return date.toISOString().slice(0, 10);
}

/** A month in place of its last day, whichever that is: no day of the month is later. */
function comparableDay(day: string): string {
  return day.length === "YYYY-MM".length ? `${day}-31` : day;
}

function lastLooked({ reviewedOn, updatedOn, publishedOn }: Dates): Omit<ReviewDebt, "months"> | null {
  if (reviewedOn !== null) return { since: reviewedOn, basis: "reviewed" };
  if (updatedOn !== null && (publishedOn === null || comparableDay(updatedOn) >= comparableDay(publishedOn))) {
    return { since: updatedOn, basis: "updated" };
  }
  return publishedOn === null ? null : { since: publishedOn, basis: "published" };
}

/** The last day of a month is a whole month after any later day of an earlier one. */
function monthsBetween(since: string, today: string): number {
  const [fromYear, fromMonth, fromDay] = partsOf(since);
  const [year, month, day] = partsOf(today);
  const begun = (year - fromYear) * 12 + month - fromMonth;
  return begun - (day < Math.min(fromDay, daysIn(year, month)) ? 1 : 0);
}

/** Year, month and day; a month alone is its last day. */
function partsOf(day: string): [number, number, number] {
  const [year = 0, month = 1, date] = day.split("-").map(Number);
  return [year, month, date ?? daysIn(year, month)];
}

/** `month` from 1, and beyond a year's end either way. */
function daysIn(year: number, month: number): number {
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}
