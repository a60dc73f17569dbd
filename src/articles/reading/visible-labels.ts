import { type Claims, noClaims } from "./claims.ts";
import {
  BY_NEXT,
  DAY_AFTER_NAMES,
  DAY_LABELS,
  type DayLabel,
  LABEL_ALONE,
  LABELLED_DAY,
  NAMES_END,
  NEXT_REVIEW,
  READING_TIME,
  REVIEWED_BY,
  SOME_TIME,
} from "./label-patterns.ts";
import { type Block, SEAM } from "./lines.ts";
import { splitNames } from "./names.ts";
import { referenceItems } from "./references.ts";

const SHORT = 300;
const PROSE = 200;

export interface VisibleLabels {
  claims: Claims;
  /** Lines that only label the article and are no part of what it says. */
  labels: Set<Block>;
}

interface Line {
  blocks: Block[];
  text: string;
}

interface Found {
  claims: Claims;
  /** What of the line is not label. */
  rest: string;
}

/**
 * Finds what the page says about itself in words: "Last reviewed: …", "Reviewed by …", "8 min read". What stands in the
 * article's head counts first; only when it is silent, lines elsewhere that are labels and nothing else.
 */
export function readVisibleLabels(blocks: Block[]): VisibleLabels {
  const head = headLength(blocks);
  const labels = new Set<Block>();
  const [inHead, elsewhere] = [noClaims("the visible labels"), noClaims("the visible labels")];
  const cited = referenceItems(blocks);
  for (const line of shortLines(blocks.filter((block) => !cited.has(block)))) {
    const found = readLine(line.text);
    if (!found) continue;
    const pure = isOnlyLabel(found.rest);
    if (pure) for (const block of line.blocks) labels.add(block);
    const first = line.blocks[0] as Block;
    if (blocks.indexOf(first) < head) append(inHead, found.claims);
    else if (pure) append(elsewhere, found.claims);
  }
  return { claims: preferred(inHead, elsewhere), labels };
}

/** The number of lines before the first that reads like prose. */
function headLength(blocks: Block[]): number {
  const title = blocks.findIndex((block) => block.isTitle);
  const prose = blocks.findIndex(
    (block, index) => index > title && block.text.length >= PROSE && block.kind === "text",
  );
  return prose < 0 ? blocks.length : prose;
}

/** Short lines; a label that ends its line takes the next line with it. */
function* shortLines(blocks: Block[]): Generator<Line> {
  for (let at = 0; at < blocks.length; at += 1) {
    const block = blocks[at] as Block;
    if (block.text.length > SHORT || block.isTitle) continue;
    const next = blocks[at + 1];
    if (LABEL_ALONE.test(block.text) && next && next.text.length <= SHORT) {
      yield { blocks: [block, next], text: `${block.marked}${SEAM}${next.marked}` };
      at += 1;
    } else if (block.kind === "text") yield { blocks: [block], text: block.marked };
  }
}

function readLine(text: string): Found | null {
  const claims = noClaims("");
  let rest = text.replace(NEXT_REVIEW, SEAM).replace(LABELLED_DAY, (...match) => {
    const [offset, whole, groups] = match.slice(-3) as [number, string, Record<string, string | undefined>];
    const taken = takeDay(claims, groups);
    const namesFollow = groups.reviewed !== undefined && BY_NEXT.test(whole.slice(offset + String(match[0]).length));
    return namesFollow ? "reviewed" : taken;
  });
  for (const pattern of READING_TIME) {
    rest = rest.replace(pattern, (...match) => {
      claims.readingTime.push(`${(match.at(-1) as Record<string, string>).minutes} minutes`);
      return SEAM;
    });
  }
  rest = takeReviewers(claims, rest);
  return rest === text ? null : { claims, rest };
}

function takeDay(claims: Claims, groups: Record<string, string | undefined>): string {
  const value = groups.day ?? groups.other ?? "";
  if (groups.reviewed !== undefined && groups.day === undefined && !SOME_TIME.test(value)) {
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
  return /revie|revis[ai]/i.test(words) ? "reviewed" : "updated";
}

function takeReviewers(claims: Claims, text: string): string {
  const match = REVIEWED_BY.exec(text);
  if (!match || !/\b(?:by|por)\b|:/i.test(match[0])) return text;
  const after = text.slice(match.index + match[0].length);
  const names = nameParts(after);
  const [who = "", day] = names.join(" ").split(NAMES_END);
  const found = splitNames(who);
  if (found.length === 0) return text;
  if (day) claims.reviewed.push(day);
  claims.reviewers.push(...found);
  const used = after.split(SEAM).slice(0, names.length).join(SEAM).length;
  const rest = after.slice(used).replace(DAY_AFTER_NAMES, (_, on: string) => {
    claims.reviewed.push(on);
    return SEAM;
  });
  return `${text.slice(0, match.index)}${SEAM}${rest}`;
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

/** Separators, an author's line and little words may stand between labels. */
function isOnlyLabel(rest: string): boolean {
  const left = rest
    .replace(/\bthis\s+(?:page|article|content|information)\s+(?:was|is|has been)\b/gi, " ")
    .replace(/(?:^|\ue000)\s*(?:written\s+)?by\s+[^\ue000|·•]{2,80}/giu, " ")
    .replace(/[\s\ue000|·•,.;:()/–—-]+/gu, " ")
    .replace(/\b(?:on|and|at|by|el|y)\b/gi, " ");
  return left.trim().length <= 3;
}

const FIELDS = ["published", "updated", "reviewed", "reviewers", "readingTime"] as const;

function append(to: Claims, from: Claims): void {
  for (const field of FIELDS) to[field].push(...from[field]);
}

function preferred(first: Claims, second: Claims): Claims {
  const merged = { ...first };
  for (const field of FIELDS) if (merged[field].length === 0) merged[field] = second[field];
  merged.reviewers = [...new Set(merged.reviewers)];
  return merged;
}
