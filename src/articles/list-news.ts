import type { Context } from "../context.ts";
import type { Changes } from "./changes.ts";
import { type Correction, listCorrections } from "./corrections.ts";
import { selectNews } from "./history-queries.ts";
import { readChanges } from "./read-changes.ts";
import type { EventKind } from "./table.ts";

/** An article event as anyone may read it. */
export interface NewsItem {
  seq: number;
  kind: EventKind;
  slug: string;
  url: string;
  title: string;
  /** Of the article. */
  summary: string | null;
  reviewedOn: string | null;
  /** Names. */
  reviewers: string[];
  changes: Changes | null;
  /** What a `corrected` event says. */
  correction: Correction | null;
  /** Milliseconds. */
  createdAt: number;
}

/**
 * What was published, reviewed again and corrected, newest first: events numbered above `after` and below `before`.
 * `next` is the `before` of the page that follows, null at the end.
 */
export async function listNews(
  ctx: Context,
  { after = 0, before = null, limit }: { after?: number; before?: number | null; limit: number },
): Promise<{ news: NewsItem[]; next: number | null }> {
  const rows = await selectNews(ctx.db, { after, before, limit: limit + 1 });
  const page = rows.slice(0, limit);
  const seqs = page.filter(({ kind }) => kind === "corrected").map(({ seq }) => seq);
  const corrections = seqs.length > 0 ? await listCorrections(ctx.db, { seqs }) : [];
  const news = page.map(({ seq, kind, slug, url, title, summary, ...row }) => ({
    seq,
    kind,
    slug,
    url,
    title,
    summary,
    reviewedOn: row.reviewed_on,
    reviewers: JSON.parse(row.reviewers) as string[],
    changes: readChanges(row.changes),
    correction: corrections.find((one) => one.seq === seq) ?? null,
    createdAt: row.created_at,
  }));
  return { news, next: rows.length > limit ? (page.at(-1)?.seq ?? null) : null };
}
