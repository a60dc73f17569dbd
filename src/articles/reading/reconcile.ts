import type { Warning } from "../version-content.ts";
import { looseMeaningOf } from "../words-of.ts";
import type { Claims } from "./claims.ts";
import { isLater, readDay, sameDay } from "./days.ts";
import { tidyName } from "./names.ts";
import { plainText, shorten } from "./plain-text.ts";

type DayField = "published" | "updated" | "reviewed";
const DAY_FIELD = { published: "publishedOn", updated: "updatedOn", reviewed: "reviewedOn" } as const;

/**
 * The day that the sources, best first, give for a field. A better source wins over a lesser one, with a warning when
 * they differ; a source that contradicts itself or can be read two ways says nothing, with a warning.
 */
export function settleDay(field: DayField, sources: Claims[], warnings: Warning[]): string | null {
  const warn = (text: string) => warnings.push({ field: DAY_FIELD[field], text });
  let chosen: { day: string; source: string } | null = null;
  for (const claims of sources) {
    const day = dayOf(claims, field, chosen ? () => undefined : warn);
    if (day === null) continue;
    if (!chosen) chosen = { day, source: claims.source };
    else if (sameDay(day, chosen.day)) chosen.day = day.length > chosen.day.length ? day : chosen.day;
    else warn(`${claims.source} say ${day}; ${chosen.day} was taken, from ${chosen.source}`);
  }
  return chosen?.day ?? null;
}

function dayOf(claims: Claims, field: DayField, warn: (text: string) => void): string | null {
  const days = new Set<string>();
  for (const value of claims[field]) {
    const { day, problem } = readDay(value);
    if (day) days.add(day);
    else warn(`"${shorten(plainText(value), 60)}" in ${claims.source} ${problem}`);
  }
  const [exact, ...others] = [...days].sort((a, b) => b.length - a.length);
  if (exact === undefined) return null;
  if (others.every((day) => sameDay(day, exact))) return exact;
  warn(`${claims.source} say both ${[...days].join(" and ")}`);
  return null;
}

export function warnOfOrder(
  on: Record<"publishedOn" | "updatedOn" | "reviewedOn", string | null>,
  warnings: Warning[],
) {
  for (const field of ["updatedOn", "reviewedOn"] as const) {
    const day = on[field];
    if (day && on.publishedOn && isLater(on.publishedOn, day)) {
      warnings.push({ field, text: `${day} is before the day of publication, ${on.publishedOn}` });
    }
  }
}

/** The reviewers of the best source that names any. */
export function settleReviewers(sources: Claims[], warnings: Warning[]): string[] {
  const naming = sources
    .map(({ source, reviewers }) => ({
      source,
      names: unique(reviewers.filter((name) => isName(name, source, warnings))),
    }))
    .filter(({ names }) => names.length > 0);
  const [best, ...others] = naming;
  if (!best) return [];
  const spelled = (names: string[]) =>
    names
      .map((name) => looseMeaningOf(name.split(",")[0] ?? ""))
      .sort()
      .join("\n");
  for (const other of others) {
    if (spelled(other.names) === spelled(best.names)) continue;
    warnings.push({
      field: "reviewers",
      text: `${other.source} name ${other.names.join(", ")}; those of ${best.source} were taken`,
    });
  }
  return best.names;
}

/** Some systems give the address of a reviewer's page instead of a name. */
function isName(name: string, source: string, warnings: Warning[]): boolean {
  if (!/^(?:https?:\/\/|www\.|mailto:|\/|#)/i.test(name)) return true;
  warnings.push({
    field: "reviewers",
    text: `"${shorten(plainText(name), 60)}" in ${source} is an address, not a name`,
  });
  return false;
}

function unique(names: string[]): string[] {
  return [...new Map(names.map((name) => [looseMeaningOf(name), shorten(tidyName(name), 200)])).values()].filter(
    (name) => name !== "",
  );
}

/** Whole minutes, from ISO 8601 durations ("PT8M") or words ("8 minutes"). */
export function settleMinutes(sources: Claims[], warnings: Warning[]): number | null {
  const warn = (text: string) => warnings.push({ field: "readingMinutes", text });
  let chosen: number | null = null;
  for (const { source, readingTime } of sources) {
    const all = new Set(readingTime.flatMap((value) => minutesOf(value) ?? []));
    if (chosen === null && readingTime.length > 0 && all.size !== 1) {
      const said = readingTime.map((value) => `"${shorten(plainText(value), 40)}"`).join(" and ");
      warn(`${said} in ${source} is not one plain number of minutes`);
    }
    const [minutes] = all;
    if (all.size !== 1 || minutes === undefined) continue;
    if (chosen !== null && chosen !== minutes) warn(`${source} say ${minutes}; ${chosen} was taken`);
    chosen ??= minutes;
  }
  return chosen;
}

const DURATION = /^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)(?:\.\d+)?S)?)?$/i;

function minutesOf(value: string): number | null {
  const iso = DURATION.exec(value.trim());
  const [days = 0, hours = 0, minutes = 0, seconds = 0] = (iso?.slice(1) ?? []).map((part) => Number(part ?? 0));
  const words = /^(?:about\s+)?(\d{1,4})\s*(?:min(?:ute)?s?\b.*|$)/i.exec(value.trim());
  const total = iso ? Math.ceil(days * 1440 + hours * 60 + minutes + seconds / 60) : Number(words?.[1] ?? 0);
  return total >= 1 && total <= 600 ? total : null;
}
