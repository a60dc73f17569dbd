import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { InvalidError } from "../errors.ts";
import { parse } from "../parse.ts";
import { listTopics, type Topic } from "../topics/index.ts";
import { matchTopics } from "./match-topics.ts";
import { readAddress } from "./reading/address.ts";
import { sectionsWithinLimit } from "./reading/limits.ts";
import { plainText } from "./reading/plain-text.ts";
import { warnOfOrder } from "./reading/reconcile.ts";
import { recordVersion } from "./record-version.ts";
import { ArticleInput } from "./schemas.ts";
import type { TakenIn } from "./shapes.ts";
import { checkSlug } from "./take-in.ts";
import type { VersionContent, Warning } from "./version-content.ts";

/**
 * Takes in an article as its publishing system gives it; `body` is an `ArticleInput`. Follows the same rules as a page.
 * Throws `InvalidError` that names each wrong field, `ConflictError` when the address belongs to another slug.
 */
export async function putArticle(ctx: Context, slug: string, body: unknown): Promise<TakenIn> {
  const input = parse(ArticleInput, body);
  const warnings: Warning[] = [];
  warnOfOrder(input, warnings);
  return transaction(ctx, async (tx) => {
    const content = toContent(input, await listTopics(tx.db), warnings);
    const url = readAddress(input.url) ?? input.url;
    const naming = { slug: checkSlug(slug), url, title: content.title, fixed: true };
    return recordVersion(tx, { naming, content, warnings, backfill: input.backfill });
  });
}

function toContent(
  { url: _url, backfill: _backfill, ...input }: ArticleInput,
  topics: Topic[],
  warnings: Warning[],
): VersionContent {
  return {
    ...input,
    title: plainText(input.title),
    summary: input.summary === null ? null : plainText(input.summary),
    reviewers: input.reviewers.map(plainText),
    references: input.references.map(plainText),
    topics: knownTopics(input.topics, topics),
    sections: sectionsWithinLimit(input.sections, warnings),
  };
}

function knownTopics(names: string[], topics: Topic[]): string[] {
  const { slugs, unknown } = matchTopics(names, topics);
  if (unknown.length === 0) return slugs.sort();
  const known = topics.map(({ slug }) => slug).join(", ");
  const text = `unknown topic ${unknown.map((name) => JSON.stringify(name)).join(", ")}; known are ${known}`;
  throw new InvalidError(`topics: ${text}`, [{ field: "topics", text }]);
}
