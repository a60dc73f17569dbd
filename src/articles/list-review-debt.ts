import type { Context } from "../context.ts";
import { localDay } from "../local-time.ts";
import { type ReviewDebt, reviewDebt, reviewedSince } from "./review-debt.ts";
import { countReviewDebt, type DebtPlace, selectReviewDebt } from "./review-debt-queries.ts";

/** An article whose review is due. */
export interface ArticleDue {
  slug: string;
  url: string;
  title: string;
  /** What its age is counted from; `no-date` when the article gives no date at all. */
  basis: ReviewDebt["basis"] | "no-date";
  /** That day, `YYYY-MM-DD` or `YYYY-MM`; null without a date. */
  since: string | null;
  /** Whole months since then; null without a date. */
  months: number | null;
  /** How many of them are beyond what the site allows; null without a date. */
  monthsOverdue: number | null;
  /** Names, of the last review. */
  reviewers: string[];
}

/**
 * Articles, as they stand, whose last review is older than the site's `reviewMonths` today in the editors' time zone;
 * oldest first, those without any date last. `cursor` is the `next` of the page before; `limit` 1 to 1000.
 */
export async function listReviewDebt(
  ctx: Context,
  { cursor = null, limit = 50 }: { cursor?: DebtPlace | null; limit?: number } = {},
): Promise<{ articles: ArticleDue[]; next: DebtPlace | null }> {
  const size = Math.min(1000, Math.max(1, limit));
  const [today, months] = [todayOf(ctx), ctx.config.site.reviewMonths];
  const rows = await selectReviewDebt(ctx.db, reviewedSince(today, months), cursor, size + 1);
  const page = rows.slice(0, size);
  const last = rows.length > size ? page.at(-1) : undefined;
  return {
    articles: page.map((row) => toArticleDue(row, today, months)),
    next: last ? { day: last.day, articleId: last.articleId } : null,
  };
}

/** How many articles that list holds. */
export function countArticlesDue(ctx: Context): Promise<number> {
  return countReviewDebt(ctx.db, reviewedSince(todayOf(ctx), ctx.config.site.reviewMonths));
}

function todayOf({ config, clock }: Context): string {
  return localDay(config.site.timezone, clock());
}

type Row = Awaited<ReturnType<typeof selectReviewDebt>>[number];

function toArticleDue({ slug, url, title, reviewers, ...row }: Row, today: string, months: number): ArticleDue {
  const dates = { reviewedOn: row.reviewed_on, updatedOn: row.updated_on, publishedOn: row.published_on };
  const debt = reviewDebt(dates, today, months);
  const age = debt
    ? { ...debt, monthsOverdue: debt.months - months }
    : ({ basis: "no-date", since: null, months: null, monthsOverdue: null } as const);
  return { slug, url, title, ...age, reviewers: JSON.parse(reviewers) as string[] };
}
