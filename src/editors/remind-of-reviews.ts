import type { ReviewReminderProps } from "../../emails/index.ts";
import { type ArticleDue, countArticlesDue, listReviewDebt } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { disarm, frame, freezeMail, oweEditorMail } from "../delivery/index.ts";
import type { Locale } from "../subscribers/words.ts";
import { monthDue } from "./month-due.ts";
import { claimMonth, editorsToRemind } from "./queries.ts";

/** How many articles the mail names. */
const NAMED = 20;

/**
 * Owes each editor who wants it the list of what is due for review: on the first of the month at the site's sending hour,
 * once however often and in however many processes this runs, after an outage for the latest month only. When nothing
 * is due no mail is owed, and an editor who asked later than that hour gets the next month's.
 */
export async function remindOfReviews(ctx: Context): Promise<void> {
  const { timezone, sendHour } = ctx.config.site;
  const month = monthDue(timezone, ctx.clock(), sendHour);
  const waiting = await editorsToRemind(ctx.db, month);
  if (waiting.length === 0) return;
  const renderings = await freezeReminders(ctx, new Set(waiting.map(({ locale }) => locale)));
  await transaction(ctx, async (tx) => {
    for (const { id: editorId, locale } of waiting) {
      if (!(await claimMonth(tx.db, editorId, locale, month))) continue;
      const variantId = renderings.get(locale);
      if (variantId !== undefined) {
        await oweEditorMail(tx, { editorId, kind: "review-reminder", about: month, variantId });
      }
    }
  });
}

/** One rendering a language; none when nothing is due. */
async function freezeReminders(ctx: Context, locales: Set<Locale>): Promise<Map<Locale, number>> {
  const total = await countArticlesDue(ctx);
  const renderings = new Map<Locale, number>();
  if (total === 0) return renderings;
  const { articles } = await listReviewDebt(ctx, { limit: NAMED });
  for (const locale of locales) {
    renderings.set(locale, await freezeMail(ctx, "review-reminder", propsOf(ctx, locale, articles, total)));
  }
  return renderings;
}

function propsOf({ config }: Context, locale: Locale, articles: ArticleDue[], total: number): ReviewReminderProps {
  return {
    ...frame(config, locale, false),
    reviewMonths: config.site.reviewMonths,
    total,
    articles: articles.map(({ title, url, basis, since, months }) => ({
      title: disarm(title),
      url: disarm(plainUrl(url)),
      basis,
      since,
      months,
    })),
    listUrl: `${config.publicUrl}/admin/reviews`,
    stopUrl: `${config.publicUrl}/docs#reviews`,
  };
}

/** As a mail may carry it: everything escaped, and nobody's name or password in it. */
function plainUrl(address: string): string {
  const url = new URL(address);
  url.username = "";
  url.password = "";
  return url.href;
}
