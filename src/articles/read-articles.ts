import type { Context } from "../context.ts";
import type { Db } from "../db/database.ts";
import { NotFoundError } from "../errors.ts";
import { unpackTopics } from "../topics/index.ts";
import type { Changes } from "./changes.ts";
import { selectCorrectionVersions } from "./correction-queries.ts";
import { type Correction, listCorrections } from "./corrections.ts";
import { isReviewDue } from "./list-review-debt.ts";
import {
  type EventFilter,
  findArticleBySlug,
  findVersions,
  listVersions,
  selectArticles,
  selectEvents,
} from "./queries.ts";
import { readChanges } from "./read-changes.ts";
import { type ArticleShape, toShape } from "./shapes.ts";
import type { EventKind, Severity } from "./table.ts";
import type { VersionContent } from "./version-content.ts";
import { toContent } from "./version-row.ts";

/** An article event as editors see it. Times in milliseconds. */
export interface ListedEvent {
  seq: number;
  kind: EventKind;
  note: string | null;
  /** Of a correction. */
  severity: Severity | null;
  slug: string;
  url: string;
  title: string;
  version: number;
  topics: string[];
  changes: Changes | null;
  createdAt: number;
}

/** Article events in their order. `limit` defaults to 500. */
export async function listEvents(ctx: Context, filter: EventFilter = {}): Promise<ListedEvent[]> {
  const rows = await selectEvents(ctx.db, { limit: 500, ...filter });
  return rows.map(toListed);
}

function toListed(row: Awaited<ReturnType<typeof selectEvents>>[number]): ListedEvent {
  const { seq, kind, note, severity, slug, url, title, number, created_at } = row;
  return {
    seq,
    kind,
    note,
    severity,
    slug,
    url,
    title,
    version: number,
    topics: unpackTopics(row.topics),
    changes: readChanges(row.changes),
    createdAt: created_at,
  };
}

/** An article with every version, newest first, and the events they made. */
export interface ArticleHistory {
  article: ArticleShape;
  versions: { number: number; takenAt: number; content: VersionContent }[];
  events: ListedEvent[];
  /** Newest first. */
  corrections: Correction[];
}

/** Throws `NotFoundError` when no article has the slug. */
export async function getArticle(ctx: Context, slug: string): Promise<ArticleHistory> {
  const article = await findArticleBySlug(ctx.db, slug);
  const rows = article ? await listVersions(ctx.db, article.id) : [];
  const [latest] = rows;
  if (!article || !latest) throw new NotFoundError("There is no article of that name.");
  return {
    article: toShape(article, toContent(latest)),
    versions: rows.map((row) => ({ number: row.number, takenAt: row.taken_at, content: toContent(row) })),
    events: await listEvents(ctx, { articleId: article.id }),
    corrections: await listCorrections(ctx.db, { articleId: article.id }),
  };
}

export interface ListedArticle extends ArticleShape {
  /** Number of the latest version: how many there are. */
  version: number;
  /** Milliseconds. */
  takenAt: number;
  reviewDue: boolean;
}

/** Articles with their latest version, newest first. `cursor` is the `next` of the page before; `limit` 1 to 100. */
export async function listArticles(
  ctx: Context,
  { cursor = null, limit = 50 }: { cursor?: number | null; limit?: number } = {},
): Promise<{ articles: ListedArticle[]; next: number | null }> {
  const size = Math.min(100, Math.max(1, limit));
  const rows = await selectArticles(ctx.db, cursor, size + 1);
  const page = rows.slice(0, size);
  return {
    articles: page.map((row) => toListedArticle(ctx, row)),
    next: rows.length > size ? (page.at(-1)?.articleId ?? null) : null,
  };
}

function toListedArticle(ctx: Context, row: Awaited<ReturnType<typeof selectArticles>>[number]): ListedArticle {
  const article = toShape(row, toContent(row));
  return { ...article, version: row.number, takenAt: row.taken_at, reviewDue: isReviewDue(ctx, article) };
}

/** An article event with all that an edition needs to tell it. */
export interface DigestSourceEvent {
  seq: number;
  kind: EventKind;
  note: string | null;
  /** Topic slugs. */
  topics: string[];
  articleId: number;
  slug: string;
  url: string;
  /** Milliseconds. */
  createdAt: number;
  /** Of a `corrected` event: what it corrects, and the ids of the versions that were wrong. */
  correction: (Correction & { wrongVersionIds: number[] }) | null;
  versionId: number;
  version: VersionContent;
  /** What readers were last told; null for `published`. */
  previousVersion: VersionContent | null;
  changes: Changes | null;
}

/** The events of these numbers, in their order; numbers that no event has are passed over. */
export async function loadEventsForDigest(db: Db, seqs: number[]): Promise<DigestSourceEvent[]> {
  const rows = await selectEvents(db, { seqs });
  const ids = rows.flatMap((row) => [
    row.version_id,
    ...(row.previous_version_id === null ? [] : [row.previous_version_id]),
  ]);
  const versions = new Map((await findVersions(db, [...new Set(ids)])).map((row) => [row.id, toContent(row)]));
  const corrections = await correctionsBySeq(
    db,
    rows.filter((row) => row.kind === "corrected").map((row) => row.seq),
  );
  return rows.flatMap((row) => {
    const version = versions.get(row.version_id);
    if (!version) return [];
    const { seq, kind, note, slug, url } = row;
    return {
      seq,
      kind,
      note,
      topics: unpackTopics(row.topics),
      articleId: row.article_id,
      slug,
      url,
      createdAt: row.created_at,
      correction: corrections.get(seq) ?? null,
      versionId: row.version_id,
      version,
      previousVersion: versions.get(row.previous_version_id ?? -1) ?? null,
      changes: readChanges(row.changes),
    };
  });
}

async function correctionsBySeq(db: Db, seqs: number[]) {
  if (seqs.length === 0) return new Map<number, never>();
  const about = await selectCorrectionVersions(db, seqs);
  const idsOf = (seq: number) => about.filter((row) => row.seq === seq).map((row) => row.version_id);
  const corrections = await listCorrections(db, { seqs });
  return new Map(corrections.map((one) => [one.seq, { ...one, wrongVersionIds: idsOf(one.seq) }]));
}
