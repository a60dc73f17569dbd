import { takeIn } from "../../src/articles/index.ts";
import type { Context } from "../../src/context.ts";
import { articlePage } from "./article-page.ts";
import { addReaders } from "./readers.ts";

/** Articles on different topics, so that readers of different topics get different editions. */
const ARTICLES = [
  { title: "Morning light for winter depression", category: "Depression", path: "morning-light" },
  { title: "Lithium and the kidneys", category: "Bipolar", path: "lithium" },
  { title: "Panic attacks, minute by minute", category: "Anxiety", path: "panic" },
];
const CHOICES = [[], ["depression"], ["bipolar", "anxiety"]];

/** Takes in one article a topic; gives how many events that made. */
export async function publishArticles(ctx: Context): Promise<number> {
  for (const { path, ...page } of ARTICLES) {
    await takeIn(ctx, { html: articlePage(page), url: `https://calm.example/articles/${path}` });
  }
  return ARTICLES.length;
}

const PAGE = 3000;

/** Active readers `reader1@example.org` and so on; each third of them chose other topics. */
export async function addAudience(ctx: Context, count: number): Promise<void> {
  for (let from = 0; from < count; from += PAGE) {
    const addresses = Array.from({ length: Math.min(PAGE, count - from) }, (_, place) => addressOf(from + place + 1));
    await ctx.db.transaction().execute(async (db) => {
      for (const [turn, topics] of CHOICES.entries()) {
        const chosen = addresses.filter((_, place) => place % CHOICES.length === turn);
        await addReaders({ ...ctx, db }, chosen, { topics });
      }
    });
  }
}

export function addressOf(number: number): string {
  return `reader${number}@example.org`;
}
