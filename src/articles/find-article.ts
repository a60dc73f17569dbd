import type { Tx } from "../db/database.ts";
import { ConflictError } from "../errors.ts";
import { type Article, findArticleBySlug, findArticleByUrl, latestVersion } from "./queries.ts";
import { comparable } from "./reading/json-ld.ts";
import { pathSegments, slugify } from "./slug.ts";
import { looseMeaningOf } from "./words-of.ts";

/** What names an article that arrives. `fixed`: the slug was given by the caller, not read off the address. */
export interface Naming {
  slug: string;
  url: string;
  title: string;
  fixed: boolean;
}

/**
 * The known article that the naming means, or the slug under which it is new. A slug given by the caller decides. One
 * read off the address may belong to another page with the same last segment: then the title tells whether the article
 * moved. Throws `ConflictError` when the address belongs to an article under another slug, or no slug is free.
 */
export async function findArticle(tx: Tx, naming: Naming): Promise<{ article: Article | null; slug: string }> {
  const [bySlug, byUrl] = [await findArticleBySlug(tx, naming.slug), await findArticleByUrl(tx, naming.url)];
  if (naming.fixed) {
    if (byUrl && byUrl.id !== bySlug?.id)
      throw new ConflictError(`${naming.url} is the address of the article "${byUrl.slug}".`);
    return { article: bySlug ?? null, slug: naming.slug };
  }
  if (byUrl) return { article: byUrl, slug: byUrl.slug };
  if (!bySlug) return { article: null, slug: naming.slug };
  if (await isSame(tx, bySlug, naming)) return { article: bySlug, slug: bySlug.slug };
  return longerSlug(tx, naming);
}

async function isSame(tx: Tx, article: Article, { url, title }: Naming): Promise<boolean> {
  const path = (address: string) => pathSegments(address).join("/");
  if (comparable(article.url) === comparable(url) || path(article.url) === path(url)) return true;
  const latest = await latestVersion(tx, article.id);
  return looseMeaningOf(latest?.title ?? "") === looseMeaningOf(title);
}

/** "bipolar-overview" where "overview" is another article. */
async function longerSlug(tx: Tx, naming: Naming): Promise<{ article: Article | null; slug: string }> {
  const parent = pathSegments(naming.url).at(-2);
  const slug = parent ? slugify(`${parent}-${naming.slug}`) : naming.slug;
  const taken = await findArticleBySlug(tx, slug);
  if (!taken) return { article: null, slug };
  if (slug !== naming.slug && (await isSame(tx, taken, naming))) return { article: taken, slug };
  throw new ConflictError(`The slug "${slug}" belongs to ${taken.url}; give this page a slug of its own.`);
}
