import { type ArticleDue, listReviewDebt } from "../articles/index.ts";
import type { Context } from "../context.ts";
import type { Command } from "./command.ts";

const PAGE = 1000;

export const listDue: Command = {
  name: "reviews due",
  args: [],
  options: [],
  about: "articles whose last review is older than SITE_REVIEW_MONTHS",
  async run({ open }) {
    const ctx = await open();
    const articles = await allDue(ctx);
    const { reviewMonths } = ctx.config.site;
    const none = `Every article was reviewed in the last ${reviewMonths} months.`;
    return { json: { reviewMonths, articles }, lines: articles.length > 0 ? articles.map(describe) : [none] };
  },
};

async function allDue(ctx: Context): Promise<ArticleDue[]> {
  let page = await listReviewDebt(ctx, { limit: PAGE });
  const articles = page.articles;
  while (page.next !== null) {
    page = await listReviewDebt(ctx, { limit: PAGE, cursor: page.next });
    articles.push(...page.articles);
  }
  return articles;
}

const WHY: Record<ArticleDue["basis"], string> = {
  reviewed: "reviewed on",
  updated: "never reviewed, updated on",
  published: "never reviewed, published on",
  "no-date": "no date",
};

function describe({ title, url, basis, since, months }: ArticleDue): string {
  const age = since === null ? "" : ` ${since}, ${months} months ago`;
  return `${title} (${WHY[basis]}${age})\n  ${url}`;
}
