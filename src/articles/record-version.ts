import type { TxContext } from "../db/transaction.ts";
import { packTopics } from "../topics/index.ts";
import { appendEvent } from "./append-event.ts";
import { type Decision, decideEvent, type KnownArticle } from "./decide-event.ts";
import { findArticle, type Naming } from "./find-article.ts";
import { holdArticles } from "./hold-articles.ts";
import {
  type Article,
  type ArticleVersion,
  firstVersion,
  insertArticle,
  insertVersion,
  lastToldVersion,
  latestVersion,
  listVersionMarks,
  updateArticleUrl,
} from "./queries.ts";
import { isLater } from "./reading/days.ts";
import { type TakenIn, toShape } from "./shapes.ts";
import type { VersionContent, Warning } from "./version-content.ts";
import { toContent, toRow } from "./version-row.ts";
import { whatChanged } from "./what-changed.ts";

/** UTC+14. */
const AHEAD_MS = 14 * 3_600_000;

export interface Arrival {
  naming: Naming;
  content: VersionContent;
  warnings: Warning[];
  /** The backlog at set-up: versions, no events. */
  backfill: boolean;
}

/**
 * Compares what arrived with what is known and writes the version and the event that follow, if any. One arrival at a
 * time over all processes, so that two of the same page make one version and event numbers commit in their order.
 */
export async function recordVersion(tx: TxContext, arrival: Arrival): Promise<TakenIn> {
  await holdArticles(tx);
  const { article: found, slug } = await findArticle(tx.db, arrival.naming);
  const latest = found ? await latestVersion(tx.db, found.id) : undefined;
  const decision = decideEvent(await known(tx, latest), arrival.content, today(tx), arrival.backfill);
  const article = await place(tx, found, { slug, url: arrival.naming.url }, decision);
  const version = decision.version || !latest ? await addVersion(tx, article, arrival.content, latest) : latest;
  const event = decision.event ? await addEvent(tx, article, version, decision.event) : null;
  return {
    created: found === null,
    article: toShape(article, toContent(version)),
    version: version.number,
    warnings: [...arrival.warnings, ...warningsOf(decision, arrival.content, today(tx))],
    event,
  };
}

async function known(tx: TxContext, latest: ArticleVersion | undefined): Promise<KnownArticle | null> {
  if (!latest) return null;
  const marks = await listVersionMarks(tx.db, latest.article_id);
  return {
    latest: toContent(latest),
    hashes: marks.map((mark) => mark.content_hash),
    reviewDays: marks.flatMap((mark) => mark.reviewed_on ?? []),
  };
}

/** The article's row; its address follows the page when it moved. */
async function place(
  tx: TxContext,
  found: Article | null,
  at: { slug: string; url: string },
  { stale }: Decision,
): Promise<Article> {
  if (!found) return insertArticle(tx.db, { ...at, created_at: tx.clock() });
  if (found.url === at.url || stale) return found;
  await updateArticleUrl(tx.db, found.id, at.url);
  return { ...found, url: at.url };
}

function addVersion(tx: TxContext, article: Article, content: VersionContent, latest: ArticleVersion | undefined) {
  const number = (latest?.number ?? 0) + 1;
  return insertVersion(tx.db, toRow(content, { article_id: article.id, number, taken_at: tx.clock() }));
}

async function addEvent(
  tx: TxContext,
  article: Article,
  version: ArticleVersion,
  kind: "published" | "re-reviewed",
): Promise<NonNullable<TakenIn["event"]>> {
  const told =
    kind === "published"
      ? undefined
      : ((await lastToldVersion(tx.db, article.id)) ?? (await firstVersion(tx.db, article.id)));
  const changes = told ? whatChanged(toContent(told), toContent(version)) : null;
  const seq = await appendEvent(tx, {
    article_id: article.id,
    version_id: version.id,
    previous_version_id: told?.id ?? null,
    kind,
    changes: changes ? JSON.stringify(changes) : null,
    topics: packTopics(toContent(version).topics),
  });
  return { seq, kind, changes };
}

function warningsOf({ stale }: Decision, { reviewedOn }: VersionContent, now: string): Warning[] {
  const warnings: Warning[] = [];
  if (stale)
    warnings.push({ field: "reviewedOn", text: `${reviewedOn} is before a review already known; no reader is told` });
  if (reviewedOn && isLater(reviewedOn, now))
    warnings.push({ field: "reviewedOn", text: `${reviewedOn} lies in the future` });
  return warnings;
}

/** The latest day it is anywhere: pages give days of their own zone. */
function today(tx: TxContext): string {
  return new Date(tx.clock() + AHEAD_MS).toISOString().slice(0, 10);
}
