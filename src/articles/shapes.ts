import type { Changes } from "./changes.ts";
import type { EventKind } from "./table.ts";
import type { VersionContent, Warning } from "./version-content.ts";

/** An article as the API shows it. */
export interface ArticleShape {
  slug: string;
  url: string;
  title: string;
  summary: string | null;
  publishedOn: string | null;
  updatedOn: string | null;
  reviewedOn: string | null;
  reviewers: string[];
  readingMinutes: number | null;
  /** How many. */
  references: number;
  /** Topic slugs. */
  topics: string[];
  sections: { heading: string; level: number }[];
}

/** What became of a page that was taken in. */
export interface TakenIn {
  /** Whether this was the first sight of the article. */
  created: boolean;
  article: ArticleShape;
  /** Number of the version that now stands. */
  version: number;
  warnings: Warning[];
  event: { seq: number; kind: EventKind; changes: Changes | null } | null;
}

export function toShape({ slug, url }: { slug: string; url: string }, content: VersionContent): ArticleShape {
  const { references, sections, ...rest } = content;
  return {
    slug,
    url,
    ...rest,
    references: references.length,
    sections: sections.map(({ heading, level }) => ({ heading, level })),
  };
}
