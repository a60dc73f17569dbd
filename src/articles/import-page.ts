import type { Context } from "../context.ts";
import type { TakenIn } from "./shapes.ts";
import { takeIn } from "./take-in.ts";

/**
 * Fetches a page and takes it in. Throws as `FetchPage` does when it cannot be had, and as `takeIn` does when it holds
 * no article.
 */
export async function importPage(
  ctx: Context,
  input: { url: string; slug?: string | undefined; backfill?: boolean | undefined },
): Promise<TakenIn> {
  const page = await ctx.fetchPage(input.url);
  return takeIn(ctx, { html: page.body, url: page.url, slug: input.slug, backfill: input.backfill });
}
