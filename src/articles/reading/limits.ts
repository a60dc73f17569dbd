import type { Section, Warning } from "../version-content.ts";
import { plainText, shorten } from "./plain-text.ts";

/** Characters, or entries of a list. */
export const LIMITS = {
  title: 300,
  summary: 1_000,
  heading: 300,
  sectionText: 100_000,
  sections: 300,
  reference: 1_000,
  references: 500,
  reviewer: 200,
  reviewers: 20,
  topic: 100,
  topics: 50,
} as const;

/** Cleans a text and cuts it to its limit, with a warning when it was longer. */
export function withinLimit(field: string, raw: string, max: number, warnings: Warning[]): string {
  const text = plainText(raw);
  if (text.length > max) warnings.push({ field, text: `longer than ${max} characters; the rest was left out` });
  return shorten(text, max);
}

/** At most `max` entries, with a warning when there were more. */
export function listWithinLimit<T>(field: string, list: T[], max: number, warnings: Warning[]): T[] {
  if (list.length > max) warnings.push({ field, text: `more than ${max}; the rest was left out` });
  return list.slice(0, max);
}

export function sectionsWithinLimit(sections: Section[], warnings: Warning[]): Section[] {
  return listWithinLimit("sections", sections, LIMITS.sections, warnings).map(({ heading, level, text }) => ({
    heading: withinLimit("sections", heading, LIMITS.heading, warnings),
    level,
    text: linesWithinLimit(text, warnings),
  }));
}

function linesWithinLimit(text: string, warnings: Warning[]): string {
  const clean = text
    .split(/\r\n?|\n/)
    .map(plainText)
    .filter((line) => line !== "")
    .join("\n");
  if (clean.length > LIMITS.sectionText) {
    warnings.push({
      field: "sections",
      text: `a section is longer than ${LIMITS.sectionText} characters; the rest was left out`,
    });
  }
  return shorten(clean, LIMITS.sectionText);
}
