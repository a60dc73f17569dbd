/** What was told about a place in a text, without the words of any language. Quotations are cut to a readable length. */
export type Part =
  /** Words that stand for others. */
  | { kind: "replaced"; was: string; is: string }
  | { kind: "added"; is: string }
  | { kind: "removed"; was: string }
  /** What it says where the old words are too many to set beside the new ones. */
  | { kind: "says"; is: string }
  | { kind: "rewritten"; is: string }
  | { kind: "emptied" }
  | { kind: "punctuation" }
  /** The same lines in another order. */
  | { kind: "reordered" }
  /** Further edits that are not told. */
  | { kind: "more"; count: number }
  /** Of a whole section. `was` of a renamed one is "" when it was the text before the first heading. */
  | { kind: "new"; is: string }
  | { kind: "gone" }
  | { kind: "renamed"; was: string }
  | { kind: "moved" }
  /** Its text stood in the section of this name, or stands there now. */
  | { kind: "split"; was: string }
  | { kind: "merged"; is: string }
  /** What it took in from sections that are gone, and what it gave to sections that are new. */
  | { kind: "took"; was: string[] }
  | { kind: "gave"; is: string[] };

/** Where a sentence belongs: a section by its heading, or a place that has none. */
export type Place = "title" | "summary" | "opening" | "section";

export interface Sentence {
  section: string;
  /** In English, or in the language it was told in. */
  text: string;
  /** What `text` says; not in what was stored before parts were kept. */
  place?: Place;
  parts?: Part[];
}

export interface DayChange {
  field: "published" | "updated" | "reviewed";
  /** `YYYY-MM-DD`, or `YYYY-MM` where only the month is known; null where the page does not say. */
  before: string | null;
  after: string | null;
}

export interface HeadChange {
  field: "title" | "summary";
  before: string | null;
  after: string | null;
}

/** What differs between two versions of an article, in page order. Headings name sections. */
export interface Changes {
  added: string[];
  removed: string[];
  /** `[before, after]`. */
  renamed: [string, string][];
  moved: string[];
  changed: string[];
  head: HeadChange[];
  dates: DayChange[];
  /** `changed` are those that are still the same work: `[before, after]`. Their order and numbering do not count. */
  references: { added: string[]; removed: string[]; changed: [string, string][] };
  reviewers: { added: string[]; removed: string[] };
  /** One plain sentence a section, for the mail: `The Reality of Cost` / `“$590-885” is now “$600-900”.` */
  sentences: Sentence[];
  /** The whole in one line. */
  summary: string;
}
