import type { HeadChange, Part, Place, Sentence } from "./changes.ts";
import type { Match, Matching } from "./match-sections.ts";
import { type Prepared, sameMeaning } from "./prepare-sections.ts";
import { nameOf } from "./section-name.ts";
import type { Exchange } from "./split-and-merged.ts";
import { partsBetween, quotation } from "./tell-parts.ts";

export interface Found {
  head: HeadChange[];
  matching: Matching;
  moved: Set<Match>;
  exchange: Exchange;
}

/** A sentence for title, summary and every section that is not what it was, in the order of the newer page. */
export function sentencesOf(found: Found): Sentence[] {
  const { matches, added, removed } = found.matching;
  const told = [
    ...matches.map((match) => sentence(match.after, partsOf(match, found))),
    ...added.map((one) => sentence(one, [addedPart(one, found.exchange)])),
  ];
  const gone = removed.map((one) => sentence(one, [removedPart(one, found.exchange)]));
  return [...headSentences(found.head), ...told.sort((a, b) => a.at - b.at), ...gone]
    .filter(({ parts }) => parts.length > 0)
    .map(({ section, place, parts }) => ({ section, text: "", place, parts }));
}

type Draft = { at: number; section: string; place: Place; parts: Part[] };

function sentence(one: Prepared, parts: Part[]): Draft {
  return { at: one.index, section: nameOf(one), place: one.section.heading === "" ? "opening" : "section", parts };
}

function headSentences(head: HeadChange[]): Draft[] {
  return head.map(({ field, before, after }) => ({
    at: -1,
    section: field === "title" ? "Title" : "Summary",
    place: field,
    parts: field === "title" ? titleParts(before ?? "", after ?? "") : partsBetween(before ?? "", after ?? ""),
  }));
}

/** Titles are short enough to stand side by side. */
function titleParts(before: string, after: string): Part[] {
  return [{ kind: "replaced", was: quotation(before), is: quotation(after) }];
}

function partsOf(match: Match, { moved, exchange }: Found): Part[] {
  const { before, renamed } = match;
  return [
    ...(renamed ? [{ kind: "renamed" as const, was: before.section.heading }] : []),
    ...textParts(match, exchange),
    ...(moved.has(match) ? [{ kind: "moved" as const }] : []),
  ];
}

/** What went over to another section, or came from one, is not told again as words that went or came. */
function textParts(match: Match, { split, merged }: Exchange): Part[] {
  const { before, after } = match;
  if (sameMeaning(before, after)) return [];
  const gave = keysFor(split, match);
  const took = keysFor(merged, match);
  const [old, now] = [joined(before, took), joined(after, gave)];
  return [
    ...(took.length > 0 ? [{ kind: "took" as const, was: took.map(nameOf) }] : []),
    ...(gave.length > 0 ? [{ kind: "gave" as const, is: gave.map(nameOf) }] : []),
    ...partsBetween(old, now),
  ];
}

function keysFor(exchange: Map<Prepared, Match>, match: Match): Prepared[] {
  return [...exchange].filter(([, one]) => one === match).map(([section]) => section);
}

function joined(one: Prepared, others: Prepared[]): string {
  return [one, ...others]
    .sort((a, b) => a.index - b.index)
    .map(({ section }) => section.text)
    .join("\n");
}

function addedPart(one: Prepared, { split }: Exchange): Part {
  const from = split.get(one);
  return from ? { kind: "split", was: nameOf(from.before) } : { kind: "new", is: quotation(one.section.text) };
}

function removedPart(one: Prepared, { merged }: Exchange): Part {
  const into = merged.get(one);
  return into ? { kind: "merged", is: nameOf(into.after) } : { kind: "gone" };
}
