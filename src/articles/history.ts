import type { Context } from "../context.ts";
import type { Db } from "../db/database.ts";
import { NotFoundError } from "../errors.ts";
import { type Comparison, compareContents } from "./compare-contents.ts";
import { type Correction, listCorrections } from "./corrections.ts";
import { listVersionDays, selectEventsOf, selectVersions } from "./history-queries.ts";
import { type Article, findArticleBySlug } from "./queries.ts";
import { type ArticleShape, toShape } from "./shapes.ts";
import type { EventKind } from "./table.ts";
import type { VersionContent } from "./version-content.ts";
import { toContent } from "./version-row.ts";

/** A version by its number and days. */
export interface VersionMark {
  number: number;
  /** `YYYY-MM-DD` or `YYYY-MM`. */
  reviewedOn: string | null;
  /** Milliseconds. */
  takenAt: number;
}

export interface HistoryEntry extends VersionMark {
  content: VersionContent;
  events: { seq: number; kind: EventKind; note: string | null }[];
  /** With the version before; null for the first. */
  comparison: Comparison | null;
}

export interface History {
  article: ArticleShape;
  /** Every version, newest first. */
  marks: VersionMark[];
  /** Those of this page. */
  entries: HistoryEntry[];
  /** Number to go on from; null at the end. */
  next: number | null;
  /** Newest first. */
  corrections: Correction[];
}

/**
 * An article's versions, newest first, each compared with the one before it: `limit` of them, numbered below `before`.
 * Lets other work run between two comparisons. Throws `NotFoundError` when no article has the slug.
 */
export async function readHistory(
  ctx: Context,
  slug: string,
  { before = null, limit }: { before?: number | null; limit: number },
): Promise<History> {
  const { article, marks } = await findMarks(ctx.db, slug);
  const wanted = marks.filter(({ number }) => before === null || number < before).map(({ number }) => number);
  const rows = await selectVersions(ctx.db, article.id, wanted.slice(0, limit + 1));
  const latest = before === null ? rows[0] : (await selectVersions(ctx.db, article.id, [marks[0]?.number ?? 0]))[0];
  if (!latest) throw missing();
  const shown = rows.slice(0, limit);
  const events = await selectEventsOf(
    ctx.db,
    shown.map((row) => row.id),
  );
  const contents = rows.map(toContent);
  const entries: HistoryEntry[] = [];
  for (const [place, row] of shown.entries()) {
    const [content, earlier] = [contents[place] ?? toContent(row), contents[place + 1]];
    entries.push({
      ...toMark(row),
      content,
      events: events.filter((event) => event.version_id === row.id).map(({ seq, kind, note }) => ({ seq, kind, note })),
      comparison: earlier ? compareContents(earlier, content) : null,
    });
    await breathe();
  }
  return {
    article: toShape(article, toContent(latest)),
    marks,
    entries,
    next: wanted.length > limit ? (entries.at(-1)?.number ?? null) : null,
    corrections: await listCorrections(ctx.db, { articleId: article.id }),
  };
}

/** Two versions of an article, and what changed from one to the other. */
export interface VersionComparison {
  article: ArticleShape;
  marks: VersionMark[];
  /** Null when there is no such version; the comparison then as well. */
  from: VersionMark | null;
  to: VersionMark | null;
  comparison: Comparison | null;
}

/** Throws `NotFoundError` when no article has the slug. */
export async function compareVersions(
  ctx: Context,
  slug: string,
  { from, to }: { from: number; to: number },
): Promise<VersionComparison> {
  const { article, marks } = await findMarks(ctx.db, slug);
  const rows = await selectVersions(ctx.db, article.id, [from, to, marks[0]?.number ?? 0]);
  const [latest] = rows;
  if (!latest) throw missing();
  const find = (number: number) => rows.find((row) => row.number === number);
  const [old, now] = [find(from), find(to)];
  return {
    article: toShape(article, toContent(latest)),
    marks,
    from: old ? toMark(old) : null,
    to: now ? toMark(now) : null,
    comparison: old && now ? compareContents(toContent(old), toContent(now)) : null,
  };
}

async function findMarks(db: Db, slug: string): Promise<{ article: Article; marks: VersionMark[] }> {
  const article = await findArticleBySlug(db, slug);
  if (!article) throw missing();
  return { article, marks: (await listVersionDays(db, article.id)).map(toMark) };
}

function toMark(row: { number: number; reviewed_on: string | null; taken_at: number }): VersionMark {
  return { number: row.number, reviewedOn: row.reviewed_on, takenAt: row.taken_at };
}

/** Comparing long articles takes milliseconds each; requests that wait are let in between. */
function breathe(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve));
}

const missing = () => new NotFoundError("There is no article of that name.");
