import { createHash } from "node:crypto";
import type { Db } from "../db/database.ts";
import { InvalidError, NotFoundError } from "../errors.ts";
import { parse } from "../parse.ts";
import { findByFingerprint } from "./correction-queries.ts";
import { saysPassage } from "./passage.ts";
import { type ArticleVersion, findArticleBySlug, listVersions } from "./queries.ts";
import { CorrectionInput } from "./schemas.ts";
import type { Warning } from "./version-content.ts";
import { toContent } from "./version-row.ts";

/** What marking a version as wrong would be about. */
export interface WrongVersions {
  input: CorrectionInput;
  named: ArticleVersion;
  latest: ArticleVersion;
  /** The one named and every other that says the same passage, newest first. */
  wrong: ArticleVersion[];
  /** The words that other versions were searched for; null when none were given or found. */
  passage: string | null;
  fingerprint: string;
  /** Number of the correction that says the same already. */
  existing: number | null;
  warnings: Warning[];
}

/** Finds them, and changes nothing. Throws as `correctVersion` does. */
export async function findWrongVersions(db: Db, slug: string, body: unknown): Promise<WrongVersions> {
  const input = parse(CorrectionInput, body);
  const article = await findArticleBySlug(db, slug);
  if (!article) throw new NotFoundError("There is no article of that name.");
  const versions = await listVersions(db, article.id);
  const named = versionNamed(versions, input.version);
  const passage = passageOf(named, input);
  const wrong = versions.filter((one) => one === named || (passage !== null && saysPassage(toContent(one), passage)));
  const fingerprint = hashOf(article.id, named, input);
  const existing = (await findByFingerprint(db, fingerprint))?.seq ?? null;
  const warnings = warningsOf(versions, wrong, passage);
  return { input, named, latest: versions[0] ?? named, wrong, passage, fingerprint, existing, warnings };
}

function versionNamed(versions: ArticleVersion[], number: number): ArticleVersion {
  const named = versions.find((one) => one.number === number);
  if (named) return named;
  const text = `there is no version ${number}; known are 1 to ${versions.length}`;
  throw new InvalidError(`version: ${text}`, [{ field: "version", text }]);
}

/** Null when no words are given and the quotation is not the article's own. */
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

function hashOf(articleId: number, named: ArticleVersion, { wrong, right }: CorrectionInput): string {
  return createHash("sha256")
    .update(JSON.stringify([articleId, named.number, wrong, right]))
    .digest("hex");
}
