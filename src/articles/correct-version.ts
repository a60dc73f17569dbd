import { createHash } from "node:crypto";
import type { TxContext } from "../db/transaction.ts";
import { InvalidError, NotFoundError } from "../errors.ts";
import { parse } from "../parse.ts";
import { packTopics } from "../topics/index.ts";
import { appendEvent } from "./append-event.ts";
import { findByFingerprint, insertCorrection } from "./correction-queries.ts";
import { holdArticles } from "./hold-articles.ts";
import { saysPassage } from "./passage.ts";
import { type ArticleVersion, findArticleBySlug, listVersions } from "./queries.ts";
import { CorrectionInput } from "./schemas.ts";
import type { Warning } from "./version-content.ts";
import { toContent } from "./version-row.ts";
import { whatChanged } from "./what-changed.ts";

export interface Corrected {
  seq: number;
  /** False: the same was asked for before, and stands. */
  created: boolean;
  warnings: Warning[];
}

/**
 * Marks a version as wrong: a `corrected` event that says what was wrong and what is right, and the versions it is
 * about: the one named and every other that says the same passage. Asking again for the same makes nothing new. Throws
 * `NotFoundError` for an unknown article, `InvalidError` for a version or passage that it does not have.
 */
export async function correctVersion(
  tx: TxContext,
  slug: string,
  body: unknown,
  editorId: number | null,
): Promise<Corrected> {
  const input = parse(CorrectionInput, body);
  await holdArticles(tx);
  const article = await findArticleBySlug(tx.db, slug);
  if (!article) throw new NotFoundError("There is no article of that name.");
  const versions = await listVersions(tx.db, article.id);
  const named = versionNamed(versions, input.version);
  const passage = passageOf(named, input);
  const wrong = versions.filter((one) => one === named || (passage !== null && saysPassage(toContent(one), passage)));
  const fingerprint = hashOf(article.id, named, input);
  const before = await findByFingerprint(tx.db, fingerprint);
  const warnings = warningsOf(versions, wrong, passage);
  if (before) return { seq: before.seq, created: false, warnings };
  const seq = await appendCorrected(tx, named, versions[0] ?? named, input);
  const { wrong: told, right: correct, why } = input;
  await insertCorrection(
    tx.db,
    { seq, fingerprint, wrong: told, correct, why, passage, editor_id: editorId },
    wrong.map((one) => one.id),
  );
  return { seq, created: true, warnings };
}

function versionNamed(versions: ArticleVersion[], number: number): ArticleVersion {
  const named = versions.find((one) => one.number === number);
  if (named) return named;
  const text = `there is no version ${number}; known are 1 to ${versions.length}`;
  throw new InvalidError(`version: ${text}`, [{ field: "version", text }]);
}

/** The words that other versions are searched for; null when none are given and the quotation is not the article's own. */
function passageOf(named: ArticleVersion, { passage, wrong, version }: CorrectionInput): string | null {
  const content = toContent(named);
  if (passage === null) return saysPassage(content, wrong) ? wrong : null;
  if (saysPassage(content, passage)) return passage;
  const text = `version ${version} does not say these words`;
  throw new InvalidError(`passage: ${text}`, [{ field: "passage", text }]);
}

function warningsOf([latest]: ArticleVersion[], wrong: ArticleVersion[], passage: string | null): Warning[] {
  const warnings: Warning[] = [];
  if (passage === null)
    warnings.push({
      field: "passage",
      text: "no passage was given or found, so only the version named counts as wrong",
    });
  if (latest && wrong.includes(latest))
    warnings.push({ field: "version", text: `version ${latest.number}, the latest, is wrong as well; mend the page` });
  return warnings;
}

function appendCorrected(
  tx: TxContext,
  named: ArticleVersion,
  latest: ArticleVersion,
  { severity, note }: CorrectionInput,
): Promise<number> {
  const content = toContent(latest);
  return appendEvent(tx, {
    article_id: latest.article_id,
    version_id: latest.id,
    previous_version_id: named.id,
    kind: "corrected",
    changes: named === latest ? null : JSON.stringify(whatChanged(toContent(named), content)),
    topics: packTopics(content.topics),
    note,
    severity,
  });
}

function hashOf(articleId: number, named: ArticleVersion, { wrong, right }: CorrectionInput): string {
  return createHash("sha256")
    .update(JSON.stringify([articleId, named.number, wrong, right]))
    .digest("hex");
}
