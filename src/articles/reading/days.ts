import { MONTH_PATTERN, monthNumber } from "./months.ts";

/** A day or month as a page writes it. `day` null with a problem: it says something, but not plainly which day. */
export interface ReadDay {
  day: string | null;
  problem: string | null;
}

const ORDINAL = "(?:st|nd|rd|th|º|\\.)?";
const WEEKDAY = "(?:(?:mon|tue|wed|thu|fri|sat|sun|lun|mar|mié|jue|vie|sáb|dom)\\p{L}{0,6}\\.?,?\\s+)?";
const OF = "(?:\\s+(?:of|de|del))?";

interface Form {
  pattern: string;
  read: (groups: string[]) => ReadDay;
}

/** Each way of writing a day, most telling first. */
const FORMS: Form[] = [
  { pattern: "(\\d{4})[-/.](\\d{1,2})[-/.](\\d{1,2})(?!\\d)", read: ([y, m, d]) => on(y, m, d) },
  { pattern: "(\\d{4})-(\\d{2})(?![-\\d])", read: ([y, m]) => inMonth(y, m) },
  { pattern: "(\\d{4})(\\d{2})(\\d{2})(?=$|T\\d)", read: ([y, m, d]) => on(y, m, d) },
  { pattern: "(\\d{1,2})[-/.](\\d{1,2})[-/.](\\d{4})(?!\\d)", read: ([a, b, y]) => eitherOrder(a, b, y) },
  {
    pattern: `(${MONTH_PATTERN})\\s+(\\d{1,2})${ORDINAL},?\\s+(?:de\\s+)?(\\d{4})(?!\\d)`,
    read: ([m, d, y]) => named(y, m, d),
  },
  {
    pattern: `(\\d{1,2})${ORDINAL}${OF}[\\s-]+(${MONTH_PATTERN}),?${OF}[\\s-]+(\\d{4})(?!\\d)`,
    read: ([d, m, y]) => named(y, m, d),
  },
  { pattern: `(\\d{4}),?\\s+(${MONTH_PATTERN})\\s+(\\d{1,2})(?!\\d)`, read: ([y, m, d]) => named(y, m, d) },
  {
    pattern: `(${MONTH_PATTERN}),?${OF}\\s+(\\d{4})(?!\\d)`,
    read: ([m, y]) => inMonth(y, String(monthNumber(m ?? ""))),
  },
  { pattern: "\\d{1,2}[-/.]\\d{1,2}[-/.]\\d{2}(?!\\d)", read: () => unclear("has a year of two digits") },
];

const MATCHERS = FORMS.map(({ pattern, read }) => ({ matcher: new RegExp(`^${WEEKDAY}${pattern}`, "iu"), read }));

/** Matches any of the forms inside a longer text; no capturing groups. */
export const DAY_PATTERN = `(?:${WEEKDAY}(?:${FORMS.map(({ pattern }) => pattern.replace(/\((?!\?)/g, "(?:")).join("|")}))`;

/**
 * Reads a day: ISO 8601 (the day as written in its own zone), numbers, or words in English and Spanish. Gives
 * `YYYY-MM-DD`, or `YYYY-MM` for a month alone. 01/09/2026 can be two days, so it is none.
 */
export function readDay(raw: string): ReadDay {
  const text = raw.trim();
  for (const { matcher, read } of MATCHERS) {
    const match = matcher.exec(text);
    if (match) return read(match.slice(1));
  }
  return unclear("is not a day that can be read");
}

function on(year = "", month = "", day = ""): ReadDay {
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const date = new Date(Date.UTC(y, m - 1, d));
  if (y < 1000 || date.getUTCMonth() !== m - 1 || date.getUTCDate() !== d)
    return unclear("is not a day of the calendar");
  if (y === 1970 && m === 1 && d === 1) return unclear("is what systems write for no day at all");
  return clear(`${year}-${two(m)}-${two(d)}`);
}

function named(year = "", month = "", day = ""): ReadDay {
  return on(year, String(monthNumber(month)), day);
}

function inMonth(year = "", month = ""): ReadDay {
  const m = Number(month);
  return m >= 1 && m <= 12 ? clear(`${year}-${two(m)}`) : unclear("is not a month of the calendar");
}

function eitherOrder(first = "", second = "", year = ""): ReadDay {
  const days = [on(year, second, first), on(year, first, second)].flatMap(({ day }) => day ?? []);
  if (days.length === 0) return unclear("is not a day of the calendar");
  if (new Set(days).size > 1) return unclear(`can be ${days.join(" or ")}`);
  return clear(days[0] as string);
}

const clear = (day: string): ReadDay => ({ day, problem: null });
const unclear = (problem: string): ReadDay => ({ day: null, problem });
const two = (number: number): string => String(number).padStart(2, "0");

/** Whether one says the same as the other, or the same less exactly. */
export function sameDay(a: string, b: string): boolean {
  return a.startsWith(b) || b.startsWith(a);
}

/** Whether `a` is later than `b`, as far as both are exact: a month is not later than a day in it. */
export function isLater(a: string, b: string): boolean {
  const exact = Math.min(a.length, b.length);
  return a.slice(0, exact) > b.slice(0, exact);
}
