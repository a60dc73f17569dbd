import type { Part } from "../changes.ts";
import type { ChangeWords, SectionChange } from "./words.ts";

const NUMBERS = ["", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
const list = (names: string[]) => new Intl.ListFormat("en-US", { type: "conjunction" }).format(names);
const quote = (text: string) => `“${text.replaceAll('"', "'")}”`;

function part(one: Part): string {
  switch (one.kind) {
    case "replaced":
      return `${quote(one.was)} is now ${quote(one.is)}`;
    case "added":
      return `Now also says: ${quote(one.is)}`;
    case "removed":
      return `No longer says: ${quote(one.was)}`;
    case "says":
      return `Now says: ${quote(one.is)}`;
    case "rewritten":
      return `Rewritten. It now begins: ${quote(one.is)}`;
    case "emptied":
      return "Its text was removed";
    case "punctuation":
      return "Only punctuation or capitals changed";
    case "reordered":
      return "The same points in another order";
    case "more":
      return `${one.count} more ${one.count === 1 ? "edit" : "edits"}`;
    case "new":
      return one.is === "" ? "New section" : `New section: ${quote(one.is)}`;
    case "gone":
      return "This section was removed";
    case "renamed":
      return one.was === "" ? "Was the opening of the article" : `Was called ${quote(one.was)}`;
    case "moved":
      return "Moved within the article";
    case "split":
      return `New section, with text that stood under ${quote(one.was)}`;
    case "merged":
      return `Its text now stands under ${quote(one.is)}`;
    case "took":
      return `Now also holds what stood under ${list(one.was.map(quote))}`;
    case "gave":
      return `Part of it now stands under ${list(one.is.map(quote))}`;
  }
}

const VERBS: Record<SectionChange, [one: string, many: string]> = {
  changed: ["changed", "changed"],
  added: ["is new", "are new"],
  removed: ["was removed", "were removed"],
  moved: ["moved to another place", "moved to another place"],
};

function sections(change: SectionChange, names: string[], rest: number): string {
  const others = rest > 0 ? [`${NUMBERS[rest] ?? rest} other ${rest === 1 ? "section" : "sections"}`] : [];
  const [one, many] = VERBS[change];
  return `${list([...names, ...others])} ${names.length + rest === 1 ? one : many}`;
}

function references(added: number, removed: number, changed: number): string {
  const counts = [
    [added, "added"],
    [removed, "removed"],
    [changed, "changed"],
  ] as const;
  const told = counts
    .filter(([count]) => count > 0)
    .map(([count, how], place) => `${count}${place > 0 ? "" : count === 1 ? " reference" : " references"} ${how}`);
  return list(told);
}

function reviewers(added: string[], removed: string[]): string {
  if (added.length === 0)
    return `${list(removed)} no longer named as ${removed.length === 1 ? "reviewer" : "reviewers"}`;
  const instead = removed.length > 0 ? ` instead of ${list(removed)}` : "";
  return instead ? `reviewed by ${list(added)}${instead}` : `now also reviewed by ${list(added)}`;
}

export const en: ChangeWords = {
  places: { title: "Title", summary: "Summary", opening: "Opening" },
  quote,
  part,
  close: (sentence) => (/(?:\.|[.!?…]”)$/.test(sentence) ? sentence : `${sentence}.`),
  summary: {
    nothing: "Nothing changed.",
    reviewedAgain: "Reviewed again; it says the same as before.",
    onlyDates: "Only its dates changed.",
    sections,
    opening: "the opening",
    head: (fields) => `the ${fields.join(" and the ")} changed`,
    renamed: (before, after) => `${before} is now called ${after}`,
    manyRenamed: (count) => `${NUMBERS[count] ?? count} sections have new names`,
    references,
    reviewers,
    more: "and more",
  },
};
