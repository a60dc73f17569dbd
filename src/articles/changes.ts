/** What differs between two versions of an article, in page order. Headings name sections. */
export interface Changes {
  added: string[];
  removed: string[];
  /** `[before, after]`. */
  renamed: [string, string][];
  moved: string[];
  changed: string[];
  references: { added: string[]; removed: string[] };
  reviewers: { added: string[]; removed: string[] };
  /** One plain sentence a section, for the mail: `The Reality of Cost` / `“$590-885” is now “$600-900”.`. */
  sentences: { section: string; text: string }[];
  /** The whole in one line. */
  summary: string;
}
