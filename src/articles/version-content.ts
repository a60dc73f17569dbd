/** A part of an article under one heading. Before the first heading the heading is "". */
export interface Section {
  heading: string;
  /** 1 to 4, as in `h1` to `h4`. */
  level: number;
  /** Plain text; paragraphs and list items stand on lines of their own. */
  text: string;
}

/** What an article says at one moment. Days are `YYYY-MM-DD`, or `YYYY-MM` where only the month is known. */
export interface VersionContent {
  title: string;
  summary: string | null;
  publishedOn: string | null;
  updatedOn: string | null;
  reviewedOn: string | null;
  /** Names. */
  reviewers: string[];
  readingMinutes: number | null;
  /** The entries of the reference list. */
  references: string[];
  /** Topic slugs of this site. */
  topics: string[];
  sections: Section[];
}

/** Something a page said unclearly, and what was made of it. */
export interface Warning {
  field: string;
  text: string;
}
