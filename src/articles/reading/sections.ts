import { likeness } from "../likeness.ts";
import type { Section } from "../version-content.ts";
import { looseMeaningOf, meaningOf, wordsOf } from "../words-of.ts";
import { AROUND } from "./around.ts";
import { withoutCopies } from "./copies.ts";
import type { Block } from "./lines.ts";
import { entriesOf, isUnmarkedReferences, REFERENCES } from "./references.ts";

/** Text before the first heading that is shorter than this is a byline or a motto, unless it is all there is. */
const LEAD_LENGTH = 40;
/** A line of this length is a sentence even without its full stop. */
const LINE_LENGTH = 120;
/** As is a point of a list. */
const POINT_LENGTH = 20;
/** Headings that name the body itself; no section when nothing stands right under them. */
const WRAPPER = /^(?:article|artículo|full article|main content)$/i;

const FEW_WORDS = 6;
const MANY_WORDS = 30;
const COPY_LIKENESS = 0.9;
const MOST_NAMESAKES = 5;

export interface Body {
  sections: Section[];
  references: string[];
  /** Share of the sections' headings that are links to elsewhere: near 1 on a page that lists articles. */
  linkedHeadings: number;
  /** Share of the text that is links to elsewhere. */
  linkedText: number;
}

interface Part {
  heading: Block | null;
  lines: Block[];
}

/** Divides the article's lines into sections. `labels` are lines that only label the article, `known` texts said elsewhere. */
export function readBody(blocks: Block[], labels: Set<Block>, title: string, known: string[]): Body {
  const own = blocks.filter((block) => !labels.has(block));
  const start = own.findIndex((block) => block.isTitle) + 1;
  const after = withoutCopies(own.slice(start).filter((block) => !repeats(block, title)));
  const parts = partsOf(after.filter((block) => !block.cited));
  const references = [...parts.filter(isReferences).map((part) => part.lines), after.filter((block) => block.cited)];
  const sections = withoutCopiedParts(parts.filter((part) => !isReferences(part)).flatMap((part) => inBody(part)));
  const shown = withoutShells(sections);
  const headings = sections.flatMap((part) => part.heading ?? []);
  return {
    sections: shown.flatMap((part) => toSection(part, known, shown.length === 1)),
    references: unique(references.flatMap(entriesOf)),
    linkedHeadings: headings.length === 0 ? 0 : headings.filter((block) => block.linked > 0.9).length / headings.length,
    linkedText: linkedShare(sections.flatMap((part) => part.lines)),
  };
}

function linkedShare(lines: Block[]): number {
  const all = lines.reduce((sum, { text }) => sum + text.length, 0);
  return all === 0 ? 0 : lines.reduce((sum, { text, linked }) => sum + text.length * linked, 0) / all;
}

function repeats(block: Block, title: string): boolean {
  return block.kind === "heading" && looseMeaningOf(block.text) === looseMeaningOf(title);
}

/** A list called "References" takes the headings below it with it; so does what stands around the article. */
function partsOf(blocks: Block[]): Part[] {
  const parts: Part[] = [{ heading: null, lines: [] }];
  for (const [index, block] of blocks.entries()) {
    const current = parts.at(-1) as Part;
    const opens = block.kind === "heading" || isUnmarkedReferences(block, blocks[index + 1]);
    if (!opens) current.lines.push(block);
    else if (!isInside(block, current)) parts.push({ heading: block, lines: [] });
  }
  return parts;
}

function isInside(block: Block, { heading }: Part): boolean {
  if (!heading || block.kind !== "heading" || block.level <= heading.level) return false;
  return heading.level > 0 && (REFERENCES.test(heading.text) || AROUND.test(heading.text));
}

function isReferences({ heading }: Part): boolean {
  return heading !== null && REFERENCES.test(heading.text);
}

function inBody(part: Part): Part[] {
  if (part.heading && (part.heading.edge || AROUND.test(part.heading.text))) return [];
  return [{ heading: part.heading, lines: part.lines.filter((block) => !block.edge) }];
}

/** A copy may be cut into other lines than its original: then heading and words tell. */
function withoutCopiedParts(parts: Part[]): Part[] {
  const seen = new Map<string, string[][]>();
  return parts.filter(({ heading, lines }) => {
    const words = wordsOf(textOf(lines)).map(({ key }) => key);
    const name = looseMeaningOf(heading?.text ?? "");
    const earlier = seen.get(name) ?? [];
    if (earlier.slice(0, MOST_NAMESAKES).some((other) => isCopy(words, other))) return false;
    seen.set(name, [...earlier, words]);
    return true;
  });
}

function isCopy(words: string[], other: string[]): boolean {
  if (words.length < FEW_WORDS) return false;
  return words.join(" ") === other.join(" ") || (words.length >= MANY_WORDS && likeness(words, other) >= COPY_LIKENESS);
}

/** Leaves out headings with nothing under them, unless deeper headings follow. */
function withoutShells(parts: Part[]): Part[] {
  return parts.filter(({ heading, lines }, index) => {
    if (lines.length > 0 || !heading) return true;
    const next = parts[index + 1]?.heading;
    return !WRAPPER.test(heading.text) && next != null && next.level > heading.level;
  });
}

function toSection({ heading, lines }: Part, known: string[], alone: boolean): Section[] {
  if (heading) return [{ heading: heading.text, level: heading.level, text: textOf(lines) }];
  const said = new Set(known.map(meaningOf));
  const text = textOf(
    fromFirstSentence(
      lines.filter((block) => !said.has(meaningOf(block.text))),
      alone,
    ),
  );
  return text.length >= (alone ? 1 : LEAD_LENGTH) ? [{ heading: "", level: 1, text }] : [];
}

/** Bylines, mottoes and buttons stand before the first sentence or point. */
function fromFirstSentence(lines: Block[], alone: boolean): Block[] {
  const first = lines.findIndex(isSentence);
  if (first < 0) return alone ? lines : [];
  return lines.slice(first);
}

function isSentence({ text, item, linked }: Block): boolean {
  if (text.length >= LINE_LENGTH || /[.!?…:][)\]"'”’]*$/u.test(text)) return true;
  return item !== null && text.length >= POINT_LENGTH && linked < 0.5;
}

function textOf(lines: Block[]): string {
  return lines.map((block) => block.text).join("\n");
}

function unique(texts: string[]): string[] {
  return [...new Map(texts.map((text) => [meaningOf(text), text])).values()];
}
