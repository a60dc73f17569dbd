import type { TxContext } from "../db/transaction.ts";
import { packTopics } from "../topics/index.ts";
import { appendEvent } from "./append-event.ts";
import { insertCorrection } from "./correction-queries.ts";
import { holdArticles } from "./hold-articles.ts";
import type { Warning } from "./version-content.ts";
import { toContent } from "./version-row.ts";
import { whatChanged } from "./what-changed.ts";
import { findWrongVersions, type WrongVersions } from "./wrong-versions.ts";

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
  await holdArticles(tx);
  const found = await findWrongVersions(tx.db, slug, body);
  const { input, fingerprint, passage, wrong, warnings } = found;
  if (found.existing !== null) return { seq: found.existing, created: false, warnings };
  const seq = await appendCorrected(tx, found);
  const { wrong: told, right: correct, why } = input;
  await insertCorrection(
    tx.db,
    { seq, fingerprint, wrong: told, correct, why, passage, editor_id: editorId },
    wrong.map((one) => one.id),
  );
  return { seq, created: true, warnings };
}

function appendCorrected(tx: TxContext, { named, latest, input }: WrongVersions): Promise<number> {
  const content = toContent(latest);
  return appendEvent(tx, {
    article_id: latest.article_id,
    version_id: latest.id,
    previous_version_id: named.id,
    kind: "corrected",
    changes: named === latest ? null : JSON.stringify(whatChanged(toContent(named), content)),
    topics: packTopics(content.topics),
    note: input.note,
    severity: input.severity,
  });
}
