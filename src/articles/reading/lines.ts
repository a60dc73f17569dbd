import { plainText } from "./plain-text.ts";

/** Stands in `marked` where one element ends and another begins inside a line. */
export const SEAM = "\ue000";
const BREAK = "\ue001";

/** One line of the page as its reader sees it. */
export interface Block {
  kind: "heading" | "text";
  /** Of a heading, 1 to 4; else 0. */
  level: number;
  text: string;
  /** The text with a `SEAM` at each element boundary, and machine-readable days in place of worded ones. */
  marked: string;
  /** The list item that it is (part of): a number of its own. */
  item: number | null;
  /** The text, cut where the page breaks the line. */
  pieces: string[];
  /** Share of the text that links to elsewhere, 0 to 1. */
  linked: number;
  /** Whether it stands beside the article's own body: in a footer, or outside the article's element. */
  edge: boolean;
  /** Whether the page marks it as part of its reference list or footnotes. */
  cited: boolean;
  /** Whether it is the page's main heading. */
  isTitle: boolean;
}

/** Where in the page text is met. */
export interface Place {
  item: number | null;
  link: boolean;
  edge: boolean;
  cited: boolean;
  heading: boolean;
}

export const NOWHERE: Place = { item: null, link: false, edge: false, cited: false, heading: false };

interface OpenLine extends Omit<Block, "item" | "edge" | "cited" | "pieces"> {
  place: Place;
}

/** Gathers text into lines. */
export class Lines {
  readonly #done: Block[] = [];
  #open: OpenLine = newLine("text", 0, NOWHERE, false);

  /** Ends the line before and begins another. */
  begin(kind: Block["kind"], level: number, place: Place, isTitle = false): void {
    this.#flush();
    this.#open = newLine(kind, level, place, isTitle);
  }

  get isEmpty(): boolean {
    return this.#open.text.trim() === "";
  }

  add(text: string, place: Place): void {
    this.#open.text += text.replaceAll(BREAK, " ");
    this.#open.marked += text.replaceAll(SEAM, " ");
    if (place.link) this.#open.linked += text.replace(/\s+/g, "").length;
  }

  /** Marks an element boundary; `between` is what its reader sees there. */
  seam(between: "nothing" | "space" | "break"): void {
    if (between !== "nothing") this.#open.text += between === "break" ? BREAK : " ";
    this.#open.marked += SEAM;
  }

  /** Adds text whose machine-readable form is known. */
  addAs(text: string, machine: string): void {
    this.#open.text += text;
    this.#open.marked += SEAM + machine + SEAM;
  }

  finish(): Block[] {
    this.#flush();
    return this.#done;
  }

  #flush(): void {
    const { kind, level, isTitle, place, linked, marked } = this.#open;
    const pieces = this.#open.text
      .split(BREAK)
      .map(plainText)
      .filter((piece) => piece !== "");
    const text = kind === "heading" ? withoutAnchor(pieces.join(" ")) : pieces.join(" ");
    if (text === "") return;
    this.#done.push({
      kind,
      level,
      text,
      marked: marked
        .split(SEAM)
        .map(plainText)
        .filter((part) => part !== "")
        .join(SEAM),
      pieces,
      item: place.item,
      linked: Math.min(1, linked / text.replace(/\s+/g, "").length),
      edge: place.edge,
      cited: place.cited,
      isTitle,
    });
  }
}

function newLine(kind: Block["kind"], level: number, place: Place, isTitle: boolean): OpenLine {
  return { kind, level, place, isTitle, text: "", marked: "", linked: 0 };
}

/** Headings often end in a link to themselves. */
function withoutAnchor(heading: string): string {
  return heading.replace(/\s*[#¶§🔗]+\s*$/u, "");
}
