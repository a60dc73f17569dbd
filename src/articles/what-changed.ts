import type { Changes, DayChange, HeadChange } from "./changes.ts";
import { compareReferences, compareReviewers } from "./compare-lists.ts";
import { type Match, type Matching, matchSections } from "./match-sections.ts";
import { movedMatches } from "./moved.ts";
import { prepare, sameMeaning } from "./prepare-sections.ts";
import { nameOf } from "./section-name.ts";
import { sentencesOf } from "./sentences.ts";
import { findExchange } from "./split-and-merged.ts";
import { tellChanges } from "./telling/tell-changes.ts";
import type { VersionContent } from "./version-content.ts";
import { meaningOf } from "./words-of.ts";

/**
 * What differs between two versions of an article: sections matched by heading, then by likeness; title and summary,
 * days, references, reviewers; and one plain sentence for each section that changed, in English (`tellChanges` says it
 * in another language). Differences of typography and white space are none. Pure.
 */
export function whatChanged(before: VersionContent, after: VersionContent): Changes {
  return changesBetween(before, after, findDifferences(before, after));
}

/** The sections of two versions, paired. */
export interface Differences {
  matching: Matching;
  moved: Set<Match>;
}

export function findDifferences(before: VersionContent, after: VersionContent): Differences {
  const matching = matchSections(prepare(before.sections), prepare(after.sections));
  return { matching, moved: movedMatches(matching.matches) };
}

export function changesBetween(before: VersionContent, after: VersionContent, differences: Differences): Changes {
  const { matching, moved } = differences;
  const { matches, added, removed } = matching;
  const head = headChanges(before, after);
  const renamed = matches.filter((match) => match.renamed);
  const changes: Changes = {
    added: added.map(nameOf),
    removed: removed.map(nameOf),
    renamed: renamed.map((match): [string, string] => [nameOf(match.before), nameOf(match.after)]),
    moved: matches.filter((match) => moved.has(match)).map((match) => nameOf(match.after)),
    changed: matches.filter((match) => !sameMeaning(match.before, match.after)).map((match) => nameOf(match.after)),
    head,
    dates: dayChanges(before, after),
    references: compareReferences(before.references, after.references),
    reviewers: compareReviewers(before.reviewers, after.reviewers),
    sentences: sentencesOf({ head, matching, moved, exchange: findExchange(matching) }),
    summary: "",
  };
  return tellChanges(changes, "en");
}

/** Whether the reader has nothing new to read: days, reviewers and the order of sections do not count as reading. */
export function nothingChanged({ sentences, references }: Changes): boolean {
  const told = sentences.filter(({ parts }) => !parts?.length || parts.some(({ kind }) => kind !== "moved"));
  return told.length + references.added.length + references.removed.length + references.changed.length === 0;
}

function headChanges(before: VersionContent, after: VersionContent): HeadChange[] {
  return (["title", "summary"] as const)
    .map((field) => ({ field, before: before[field], after: after[field] }))
    .filter((one) => meaningOf(one.before ?? "") !== meaningOf(one.after ?? ""));
}

function dayChanges(before: VersionContent, after: VersionContent): DayChange[] {
  const days: DayChange[] = [
    { field: "published", before: before.publishedOn, after: after.publishedOn },
    { field: "updated", before: before.updatedOn, after: after.updatedOn },
    { field: "reviewed", before: before.reviewedOn, after: after.reviewedOn },
  ];
  return days.filter((one) => one.before !== one.after);
}
