import type { Changes, HeadChange, Place } from "./changes.ts";
import { compareTexts, type Line, wholeText } from "./compare-texts.ts";
import type { Match } from "./match-sections.ts";
import { type Prepared, sameMeaning } from "./prepare-sections.ts";
import type { VersionContent } from "./version-content.ts";
import { changesBetween, findDifferences } from "./what-changed.ts";

/** A part of an article that is not what it was, before and after in one. */
export interface Passage {
  kind: "added" | "removed" | "changed";
  place: Place;
  /** "" for what has none. */
  heading: string;
  /** The former heading, where it is another: "" was the text before the first heading. */
  was: string | null;
  moved: boolean;
  /** Empty when only heading or place changed. */
  lines: Line[];
}

export interface Comparison {
  changes: Changes;
  /** In the order of the newer page; what is gone comes last. */
  passages: Passage[];
}

/** What changed between two versions, and the text of every part that did, before and after woven together. Pure. */
export function compareContents(before: VersionContent, after: VersionContent): Comparison {
  const differences = findDifferences(before, after);
  const changes = changesBetween(before, after, differences);
  const { matching, moved } = differences;
  const told = [
    ...matching.matches.flatMap((match) => changedPassage(match, moved)),
    ...matching.added.map((one) => ({ at: one.index, passage: wholePassage(one, "added") })),
  ];
  const passages = [
    ...changes.head.map(headPassage),
    ...told.sort((a, b) => a.at - b.at).map(({ passage }) => passage),
    ...matching.removed.map((one) => wholePassage(one, "removed")),
  ];
  return { changes, passages };
}

function headPassage({ field, before, after }: HeadChange): Passage {
  const lines = compareTexts(before ?? "", after ?? "");
  return { kind: "changed", place: field, heading: "", was: null, moved: false, lines };
}

function changedPassage(match: Match, moved: Set<Match>): { at: number; passage: Passage }[] {
  const { before, after, renamed } = match;
  const same = sameMeaning(before, after);
  if (same && !renamed && !moved.has(match)) return [];
  const passage: Passage = {
    kind: "changed",
    ...whereabouts(after),
    was: renamed ? before.section.heading : null,
    moved: moved.has(match),
    lines: same ? [] : compareTexts(before.section.text, after.section.text),
  };
  return [{ at: after.index, passage }];
}

function wholePassage(one: Prepared, kind: "added" | "removed"): Passage {
  return { kind, ...whereabouts(one), was: null, moved: false, lines: wholeText(one.section.text, kind) };
}

function whereabouts({ section: { heading } }: Prepared): Pick<Passage, "place" | "heading"> {
  return { place: heading === "" ? "opening" : "section", heading };
}
