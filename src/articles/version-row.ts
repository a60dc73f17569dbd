import type { Insertable } from "kysely";
import { packTopics, unpackTopics } from "../topics/index.ts";
import { contentHash } from "./content-hash.ts";
import type { ArticleVersion } from "./queries.ts";
import type { ArticleVersionTable } from "./table.ts";
import type { Section, VersionContent } from "./version-content.ts";

export function toContent(row: ArticleVersion): VersionContent {
  return {
    title: row.title,
    summary: row.summary,
    publishedOn: row.published_on,
    updatedOn: row.updated_on,
    reviewedOn: row.reviewed_on,
    reviewers: JSON.parse(row.reviewers) as string[],
    readingMinutes: row.reading_minutes,
    references: JSON.parse(row.reference_list) as string[],
    topics: unpackTopics(row.topics),
    sections: JSON.parse(row.sections) as Section[],
  };
}

export function toRow(
  content: VersionContent,
  at: { article_id: number; number: number; taken_at: number },
): Insertable<ArticleVersionTable> {
  return {
    ...at,
    content_hash: contentHash(content),
    title: content.title,
    summary: content.summary,
    published_on: content.publishedOn,
    updated_on: content.updatedOn,
    reviewed_on: content.reviewedOn,
    reviewers: JSON.stringify(content.reviewers),
    reading_minutes: content.readingMinutes,
    reference_list: JSON.stringify(content.references),
    topics: packTopics(content.topics),
    sections: JSON.stringify(content.sections),
  };
}
