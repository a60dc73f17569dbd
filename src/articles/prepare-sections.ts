import type { Section } from "./version-content.ts";
import { looseMeaningOf, type Word, wordsOf } from "./words-of.ts";

/** A section with what comparing needs. Words are read at first use: most texts are the same, letter for letter. */
export interface Prepared {
  section: Section;
  index: number;
  parent: Prepared | null;
  heading: string;
  /** The headings above it and its own: "Side effects" under "Lithium" is not "Side effects" under "Ketamine". */
  path: string;
  readonly words: Word[];
  readonly keys: string[];
  readonly meaning: string;
}

/** "2. What it costs" was "1. What it costs" before another came in front of it. */
const NUMBERING = /^[([]?\d{1,2}[.)\]]\s+/;

export function prepare(sections: Section[]): Prepared[] {
  const above: Prepared[] = [];
  return sections.map((section, index) => {
    while ((above.at(-1)?.section.level ?? 0) >= section.level) above.pop();
    const one = prepareOne(section, index, above.at(-1) ?? null);
    above.push(one);
    return one;
  });
}

function prepareOne(section: Section, index: number, parent: Prepared | null): Prepared {
  const heading = looseMeaningOf(section.heading).replace(NUMBERING, "");
  const words = once(() => wordsOf(section.text));
  const keys = once(() => words().map((word) => word.key));
  const meaning = once(() => keys().join(" "));
  return {
    section,
    index,
    parent,
    heading,
    path: parent ? `${parent.path}\n${heading}` : heading,
    get words() {
      return words();
    },
    get keys() {
      return keys();
    },
    get meaning() {
      return meaning();
    },
  };
}

/** Whether two sections say the same, in whatever typography. */
export function sameMeaning(a: Prepared, b: Prepared): boolean {
  return a.section.text === b.section.text || a.meaning === b.meaning;
}

function once<T extends object | string>(make: () => T): () => T {
  let made: T | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
