import type { Part, Place } from "../changes.ts";

/** What happened to sections, as the summary tells it. */
export type SectionChange = "changed" | "added" | "removed" | "moved";

/** Every word that what changed is told in, in one language. */
export interface ChangeWords {
  /** What a place that has no heading is called, at the head of a line. */
  places: Record<Exclude<Place, "section">, string>;
  /** In this language's quotation marks. */
  quote: (text: string) => string;
  /** One part as a sentence, its end left open. */
  part: (part: Part) => string;
  /** With a full stop, unless there is one. */
  close: (sentence: string) => string;
  summary: {
    nothing: string;
    reviewedAgain: string;
    onlyDates: string;
    /** Clauses, each without its end; `names` are quoted already, `rest` are further ones. */
    sections: (change: SectionChange, names: string[], rest: number) => string;
    opening: string;
    head: (fields: ("title" | "summary")[]) => string;
    renamed: (before: string, after: string) => string;
    manyRenamed: (count: number) => string;
    references: (added: number, removed: number, changed: number) => string;
    reviewers: (added: string[], removed: string[]) => string;
    more: string;
  };
}
