import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { InvalidError } from "../errors.ts";
import { listTopics, type Topic } from "../topics/index.ts";
import { type Extraction, extract } from "./extract.ts";
import { matchTopics } from "./match-topics.ts";
import { recordVersion } from "./record-version.ts";
import type { TakenIn } from "./shapes.ts";
import { slugify } from "./slug.ts";
import type { VersionContent, Warning } from "./version-content.ts";

export interface PageInput {
  html: string;
  /** Where the page stands; may be left out when the page gives its own canonical address. */
  url?: string | undefined;
  /** Instead of the one read off the address. */
  slug?: string | undefined;
  /** The backlog at set-up: versions, no events. Default false. */
  backfill?: boolean | undefined;
}

/**
 * Takes in a page: reads its article, compares it with what is known, and writes the version and event that follow. The
 * same page again, in meaning, writes nothing. Throws `InvalidError` when the page holds no article or the slug is not
 * one, `ConflictError` when slug and address belong to different articles.
 */
export async function takeIn(ctx: Context, input: PageInput): Promise<TakenIn> {
  const found = extract(input.html, input.url ?? null);
  const fixed = input.slug !== undefined;
  const slug = input.slug === undefined ? found.article.slug : checkSlug(input.slug);
  return transaction(ctx, async (tx) => {
    const { content, warnings } = withTopics(found, await listTopics(tx.db));
    const naming = { slug, url: found.article.url, title: content.title, fixed };
    return recordVersion(tx, { naming, content, warnings, backfill: input.backfill ?? false });
  });
}

/** Throws `InvalidError` for what could not stand in an address. */
export function checkSlug(slug: string): string {
  if (slug !== "" && slug === slugify(slug)) return slug;
  const text = "expected a slug: a to z, 0 to 9 and hyphens, at most 100 characters";
  throw new InvalidError(`slug: ${text}`, [{ field: "slug", text }]);
}

function withTopics(
  { article, hints, warnings }: Extraction,
  topics: Topic[],
): { content: VersionContent; warnings: Warning[] } {
  const { slug: _slug, url: _url, ...content } = article;
  const filed = matchTopics(article.topics, topics);
  const hinted = matchTopics(hints, topics);
  const unknown = filed.unknown.map((name) => ({ field: "topics", text: `"${name}" is not a topic of this site` }));
  return {
    content: { ...content, topics: [...new Set([...filed.slugs, ...hinted.slugs])].sort() },
    warnings: [...warnings, ...unknown],
  };
}
