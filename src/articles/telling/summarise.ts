import type { Changes, Sentence } from "../changes.ts";
import { shorten } from "../reading/plain-text.ts";
import { OPENING } from "../section-name.ts";
import type { ChangeWords, SectionChange } from "./words.ts";

const HEADING = 60;
const MOST_CLAUSES = 4;

/** The whole in one line, most important first: `“What it costs” and two other sections changed; 1 reference added.` */
export function summarise(changes: Changes, words: ChangeWords): string {
  const clauses = clausesOf(changes, words).filter((clause) => clause !== "");
  if (clauses.length === 0) return sayDatesOnly(changes, words);
  const rest = clauses.length > MOST_CLAUSES ? [words.summary.more] : [];
  const line = [...clauses.slice(0, MOST_CLAUSES), ...rest].join("; ");
  return words.close(line.charAt(0).toUpperCase() + line.slice(1));
}

function clausesOf(changes: Changes, words: ChangeWords): string[] {
  const { head, references, reviewers } = changes;
  const say = words.summary;
  const sections = (change: SectionChange) => saySections(change, changes, words);
  return [
    sections("changed"),
    sections("added"),
    sections("removed"),
    head.length > 0 ? say.head(head.map(({ field }) => field)) : "",
    say.references(references.added.length, references.removed.length, references.changed.length),
    sayRenamed(changes, words),
    sections("moved"),
    reviewers.added.length + reviewers.removed.length > 0 ? say.reviewers(reviewers.added, reviewers.removed) : "",
  ];
}

/** Two by name, or one and how many others. */
function saySections(change: SectionChange, changes: Changes, words: ChangeWords): string {
  const names = changes[change];
  if (names.length === 0) return "";
  const named = names.slice(0, names.length > 2 ? 1 : 2);
  const quoted = named.map((name) => nameIn(name, changes, words));
  return words.summary.sections(change, quoted, names.length - named.length);
}

function nameIn(name: string, { sentences }: Changes, words: ChangeWords): string {
  const opening = name === OPENING && sentences.some(isOfOpening);
  return opening ? words.summary.opening : words.quote(shorten(name, HEADING));
}

function isOfOpening({ place, parts }: Sentence): boolean {
  return place === "opening" || (parts ?? []).some((part) => part.kind === "renamed" && part.was === "");
}

function sayRenamed({ renamed, ...rest }: Changes, words: ChangeWords): string {
  const [first] = renamed;
  if (!first) return "";
  if (renamed.length > 1) return words.summary.manyRenamed(renamed.length);
  const [before, after] = first.map((name) => nameIn(name, { renamed, ...rest }, words));
  return words.summary.renamed(before ?? "", after ?? "");
}

function sayDatesOnly({ dates }: Changes, words: ChangeWords): string {
  if (dates.length === 0) return words.summary.nothing;
  return dates.some(({ field }) => field === "reviewed") ? words.summary.reviewedAgain : words.summary.onlyDates;
}
