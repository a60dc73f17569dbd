/** What one source (JSON-LD, meta tags, …) says about the article, as it writes it; several values where it repeats itself. */
export interface Claims {
  /** How warnings name the source. */
  source: string;
  title: string[];
  summary: string[];
  url: string[];
  published: string[];
  updated: string[];
  reviewed: string[];
  reviewers: string[];
  /** ISO 8601 durations or words such as "8 minutes". */
  readingTime: string[];
  /** What the page files itself under. */
  categories: string[];
  /** Keywords and subjects: weaker, may name a topic or not. */
  hints: string[];
  references: string[];
}

export function noClaims(source: string): Claims {
  return {
    source,
    title: [],
    summary: [],
    url: [],
    published: [],
    updated: [],
    reviewed: [],
    reviewers: [],
    readingTime: [],
    categories: [],
    hints: [],
    references: [],
  };
}
