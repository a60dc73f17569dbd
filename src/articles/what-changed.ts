import type { Changes } from "./changes.ts";
import { type Match, matchSections, type Prepared, prepare } from "./match-sections.ts";
import { movedPlaces } from "./moved.ts";
import { tellAdded, tellChange } from "./sentences.ts";
import type { VersionContent } from "./version-content.ts";
import { looseMeaningOf, meaningOf } from "./words-of.ts";

/** How text before the first heading is named. */
const OPENING = "Opening";
const MOST_NAMED = 6;

/**
 * What differs between two versions of an article: sections matched by heading, then by likeness; references; reviewers;
 * and one plain sentence for each section that changed. Differences of typography and white space are none. Pure.
 */
export function whatChanged(before: VersionContent, after: VersionContent): Changes {
  const { matches, added, removed } = matchSections(prepare(before.sections), prepare(after.sections));
  const moved = movedPlaces(matches.map((match) => match.before.index));
  const edited = matches.filter((match) => match.before.meaning !== match.after.meaning);
  const found = {
    added: added.map(nameOf),
    removed: removed.map(nameOf),
    renamed: matches
      .filter((match) => match.renamed)
      .map((match): [string, string] => [nameOf(match.before), nameOf(match.after)]),
    moved: matches.filter((_, place) => moved.has(place)).map((match) => nameOf(match.after)),
    changed: edited.map((match) => nameOf(match.after)),
    references: listChanges(before.references, after.references, meaningOf),
    reviewers: listChanges(before.reviewers, after.reviewers, looseMeaningOf),
  };
  const sentences = [...headSentences(before, after), ...sectionSentences(matches, added, removed, found.moved)];
  return { ...found, sentences, summary: summarise(found, sentences) };
}

/** Whether the reader has nothing new to read: reviewers and the order of sections do not count as reading. */
export function nothingChanged(changes: Changes): boolean {
  return (
    changes.sentences.length === 0 &&
    [changes.references.added, changes.references.removed].every((list) => list.length === 0)
  );
}

function nameOf({ section }: Prepared): string {
  return section.heading || OPENING;
}

function headSentences(before: VersionContent, after: VersionContent): Changes["sentences"] {
  const sentences: Changes["sentences"] = [];
  if (meaningOf(before.title) !== meaningOf(after.title)) {
    sentences.push({ section: "Title", text: tellChange(before.title, after.title) });
  }
  if (meaningOf(before.summary ?? "") !== meaningOf(after.summary ?? "")) {
    sentences.push({ section: "Summary", text: tellChange(before.summary ?? "", after.summary ?? "") });
  }
  return sentences;
}

/** In the order of the newer page; what is gone comes last. */
function sectionSentences(
  matches: Match[],
  added: Prepared[],
  removed: Prepared[],
  moved: string[],
): Changes["sentences"] {
  const told = [
    ...matches.flatMap((match) => tellMatch(match, moved)),
    ...added.map((one) => ({ at: one.index, section: nameOf(one), text: tellAdded(one.section.text) })),
  ];
  const gone = removed.map((one) => ({ section: nameOf(one), text: "This section was removed." }));
  return [...told.sort((a, b) => a.at - b.at).map(({ section, text }) => ({ section, text })), ...gone];
}

function tellMatch(
  { before, after, renamed }: Match,
  moved: string[],
): { at: number; section: string; text: string }[] {
  const parts = [
    renamed ? `Was called "${before.section.heading.replaceAll('"', "'")}".` : "",
    before.meaning === after.meaning ? "" : tellChange(before.section.text, after.section.text),
    moved.includes(nameOf(after)) ? "Moved within the article." : "",
  ];
  const text = parts.filter((part) => part !== "").join(" ");
  return text === "" ? [] : [{ at: after.index, section: nameOf(after), text }];
}

function listChanges(before: string[], after: string[], meaning: (text: string) => string) {
  const [old, now] = [new Set(before.map(meaning)), new Set(after.map(meaning))];
  return {
    added: after.filter((entry) => !old.has(meaning(entry))),
    removed: before.filter((entry) => !now.has(meaning(entry))),
  };
}

function summarise(found: Omit<Changes, "sentences" | "summary">, sentences: Changes["sentences"]): string {
  const head = sentences
    .filter(({ section }) => section === "Title" || section === "Summary")
    .map(({ section }) => section);
  const { references, reviewers } = found;
  const parts = [
    named("Changed", [...head, ...found.changed]),
    named("Added", found.added),
    named("Removed", found.removed),
    named(
      "Renamed",
      found.renamed.map(([from, to]) => `${from} to ${to}`),
    ),
    named("Moved", found.moved),
    counted(references.added.length, "reference", "added"),
    counted(references.removed.length, "reference", "removed"),
    named("New reviewers", reviewers.added),
    named("No longer reviewers", reviewers.removed),
  ].filter((part) => part !== "");
  return parts.length === 0 ? "Nothing changed." : parts.join(" ");
}

function named(what: string, names: string[]): string {
  if (names.length === 0) return "";
  const rest = names.length - MOST_NAMED;
  return `${what}: ${names.slice(0, MOST_NAMED).join(", ")}${rest > 0 ? ` and ${rest} more` : ""}.`;
}

function counted(count: number, what: string, how: string): string {
  return count === 0 ? "" : `${count} ${what}${count === 1 ? "" : "s"} ${how}.`;
}
