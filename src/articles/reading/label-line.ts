import { type Claims, noClaims } from "./claims.ts";
import {
  BEGINS_PART,
  BY_NEXT,
  DAY_AFTER_NAMES,
  DAY_LABELS,
  type DayLabel,
  ENDS_PART,
  LABELLED_DAY,
  NAMES_END,
  NOT_ITS_DAY,
  READING_TIME,
  READS_AS_PROSE,
  REVIEWED_BY,
  SOME_TIME,
} from "./label-patterns.ts";
import { SEAM } from "./lines.ts";
import { splitNames } from "./names.ts";

const MOST_REVIEWERS = 5;

export interface LabelLine {
  claims: Claims;
  /** Who only checked facts, and when: reviewers where no others are named. */
  checked: Claims;
  /** What of the line is not label. */
  rest: string;
  /** Whether sentences stand in the line beside its labels. */
  prose: boolean;
}

/** Reads the labels of a line; null when there are none. In a sentence, only those that stand apart from its words. */
export function readLabelLine(text: string): LabelLine | null {
  const line = readParts(text, false);
  const found = READS_AS_PROSE.test(withoutThisPage(line.rest)) ? readParts(text, true) : line;
  return found.rest === text ? null : found;
}

function readParts(text: string, prose: boolean): LabelLine {
  const line = { claims: noClaims("the visible labels"), checked: noClaims("the visible labels"), rest: text, prose };
  line.rest = line.rest.replace(NOT_ITS_DAY, SEAM);
  line.rest = line.rest.replace(LABELLED_DAY, (...match) => {
    const [offset, whole, groups] = match.slice(-3) as [number, string, Record<string, string | undefined>];
    const [before, after] = [whole.slice(0, offset), whole.slice(offset + String(match[0]).length)];
    const namesFollow = groups.reviewed !== undefined && BY_NEXT.test(after);
    if (prose && !(beginsPart(before) && (namesFollow || ENDS_PART.test(after)))) return String(match[0]);
    const taken = takeDay(line.claims, groups);
    return namesFollow ? "reviewed" : taken;
  });
  for (const pattern of READING_TIME)
    line.rest = line.rest.replace(pattern, (...match) => takeMinutes(line.claims, match));
  for (let count = 0; count < MOST_REVIEWERS && takeReviewers(line); count += 1);
  return line;
}

const THIS_PAGE =
  /\b(?:this|the)\s+(?:page|article|content|information|leaflet|resource|guide|topic|fact\s?sheet)\s+(?:was|is|has been)\s*$/i;

function beginsPart(before: string): boolean {
  return BEGINS_PART.test(before.replace(THIS_PAGE, ""));
}

/** "This page was" belongs to the label after it. */
export function withoutThisPage(rest: string): string {
  return rest.replace(
    /\b(?:this|the)\s+(?:page|article|content|information|leaflet|resource|guide|topic|fact\s?sheet)\s+(?:was|is|has been)\b/gi,
    " ",
  );
}

function takeDay(claims: Claims, groups: Record<string, string | undefined>): string {
  const value = groups.day ?? groups.vague ?? groups.other ?? "";
  if (groups.reviewed !== undefined && groups.other !== undefined && !SOME_TIME.test(value)) {
    claims.reviewers.push(...splitNames(value));
    return SEAM;
  }
  for (const label of DAY_LABELS) if (groups[label] !== undefined) claims[label].push(value);
  const also = groups.also === undefined ? null : labelOf(groups.also);
  if (also) claims[also].push(value);
  return SEAM;
}

function labelOf(words: string): DayLabel {
  if (/publ|post/i.test(words)) return "published";
  return /review|revisad|revisión/i.test(words) ? "reviewed" : "updated";
}

function takeMinutes(claims: Claims, match: unknown[]): string {
  const { hours, minutes = "" } = match.at(-1) as Record<string, string | undefined>;
  claims.readingTime.push(hours === undefined ? `${minutes} minutes` : `PT${hours}H${minutes}M`);
  return SEAM;
}

/** Takes the next reviewer's label with its names out of the rest; false when there is none. */
function takeReviewers(line: LabelLine): boolean {
  const match = REVIEWED_BY.exec(line.rest);
  const before = line.rest.slice(0, match?.index);
  if (!match || (line.prose && !beginsPart(before))) return false;
  const claims = match.groups?.checked === undefined ? line.claims : line.checked;
  const after = line.rest.slice(match.index + match[0].length);
  const parts = nameParts(after);
  const names = parts.join(" ");
  const end = NAMES_END.exec(names);
  const found = splitNames(end ? names.slice(0, end.index) : names);
  if (found.length === 0) return false;
  if (end?.groups?.day) claims.reviewed.push(end.groups.day);
  claims.reviewers.push(...found);
  line.rest = `${before}${SEAM}${restAfter(after, parts, claims)}`;
  return true;
}

function restAfter(after: string, parts: string[], claims: Claims): string {
  const used = parts.join(SEAM);
  const next = REVIEWED_BY.exec(used)?.index ?? used.length;
  return after.slice(next).replace(DAY_AFTER_NAMES, (_, on: string) => {
    claims.reviewed.push(on);
    return SEAM;
  });
}

/** The parts that carry names: the first, and those that go on with it ("Ana Ruiz" ", MD" "and Tom Berg"). */
function nameParts(after: string): string[] {
  const parts = after.split(SEAM);
  let count = 1;
  while (
    count < parts.length &&
    (/^(?:[,;&]|and\b|y\b)/i.test(parts[count] ?? "") || /(?:[,;&]|\band|\by)$/i.test(parts[count - 1] ?? ""))
  ) {
    count += 1;
  }
  return parts.slice(0, count);
}
