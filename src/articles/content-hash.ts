import { createHash } from "node:crypto";
import type { VersionContent } from "./version-content.ts";
import { meaningOf } from "./words-of.ts";

/**
 * Hash of what a version means: typography, white space, markup and the order of reviewers do not alter it. Topics are
 * how this site files the article, not what it says, and are left out.
 */
export function contentHash(version: VersionContent): string {
  const { publishedOn, updatedOn, reviewedOn, reviewers, readingMinutes } = version;
  return hash([
    publishedOn,
    updatedOn,
    reviewedOn,
    reviewers.map(meaningOf).sort(),
    readingMinutes,
    ...textOf(version),
  ]);
}

/** Whether two versions say the same to their reader, whatever their dates and reviewers. */
export function sameText(a: VersionContent, b: VersionContent): boolean {
  return JSON.stringify(textOf(a)) === JSON.stringify(textOf(b));
}

function textOf({ title, summary, sections, references }: VersionContent): unknown[] {
  return [
    meaningOf(title),
    meaningOf(summary ?? ""),
    sections.map(({ heading, text }) => [meaningOf(heading), meaningOf(text)]),
    references.map(meaningOf),
  ];
}

function hash(value: unknown): string {
  return createHash("sha256").update(JSON.stringify(value)).digest("hex");
}
