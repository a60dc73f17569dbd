import { type Claims, noClaims } from "./claims.ts";
import { type LabelLine, readLabelLine, withoutThisPage } from "./label-line.ts";
import { DAY_ALONE, LABEL_ALONE } from "./label-patterns.ts";
import { type Block, SEAM } from "./lines.ts";
import { referenceItems } from "./references.ts";
import { teaserLines } from "./teasers.ts";

const SHORT = 300;
const PROSE = 200;

export interface VisibleLabels {
  claims: Claims;
  /** Lines that only label the article and are no part of what it says. */
  labels: Set<Block>;
  /** Days in the article's head without a word that says what day it is. */
  unlabelled: string[];
}

interface Line {
  blocks: Block[];
  text: string;
}

/**
 * Finds what the page says about itself in words: "Last reviewed: …", "Reviewed by …", "8 min read". What stands in the
 * article's head counts first; only when it is silent, lines elsewhere that are labels and nothing else.
 */
export function readVisibleLabels(blocks: Block[]): VisibleLabels {
  const head = new Set(blocks.slice(0, headLength(blocks)));
  const labels = new Set<Block>();
  const [inHead, elsewhere, checked] = ["", "", ""].map(() => noClaims("the visible labels")) as [
    Claims,
    Claims,
    Claims,
  ];
  const unlabelled: string[] = [];
  const others = new Set([...referenceItems(blocks), ...teaserLines(blocks)]);
  for (const line of shortLines(blocks.filter((block) => !others.has(block)))) {
    const isHead = head.has(line.blocks[0] as Block);
    const found = readLabelLine(line.text);
    const day = isHead ? DAY_ALONE.exec(found?.rest ?? line.text)?.groups?.day : undefined;
    if (day) unlabelled.push(day);
    if (!found && !day) continue;
    const pure = day !== undefined || isOnlyLabel(found?.rest ?? "");
    if (pure || (isHead && found && !found.prose)) for (const block of line.blocks) labels.add(block);
    if (found) sort(found, isHead ? inHead : pure ? elsewhere : null, checked);
  }
  return { claims: preferred([inHead, elsewhere, checked]), labels, unlabelled };
}

function sort(found: LabelLine, to: Claims | null, checked: Claims): void {
  if (to === null) return;
  append(to, found.claims);
  append(checked, found.checked);
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

/** Separators, an author's line and little words may stand between labels. */
function isOnlyLabel(rest: string): boolean {
  const left = withoutThisPage(rest)
    .replace(/(?:^|\ue000)\s*(?:written\s+)?by\s+[^\ue000|·•]{2,80}/giu, " ")
    .replace(/[\s\ue000|·•,.;:()/–—-]+/gu, " ")
    .replace(/\b(?:on|and|at|by|el|y)\b/gi, " ");
  return left.trim().length <= 3;
}

const FIELDS = ["published", "updated", "reviewed", "reviewers", "readingTime"] as const;

function append(to: Claims, from: Claims): void {
  for (const field of FIELDS) for (const value of from[field]) to[field].push(value);
}

/** Each field from the first that speaks of it. */
function preferred(claims: Claims[]): Claims {
  const merged = noClaims("the visible labels");
  for (const field of FIELDS) merged[field] = [...new Set(claims.find((one) => one[field].length > 0)?.[field])];
  return merged;
}
