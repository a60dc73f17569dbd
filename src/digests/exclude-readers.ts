import type { TxContext } from "../db/transaction.ts";
import type { Decision } from "./decide.ts";
import { addExclusions, insertExclusionPages } from "./exclusion-queries.ts";
import { packIds } from "./pack-ids.ts";

/** Writes down who of a decided page is left out and why: counted for each reason, and by name in a row for each. */
export async function excludeReaders(
  tx: TxContext,
  digestId: number,
  upto: number,
  decisions: Decision[],
): Promise<void> {
  const out = new Map<string, number[]>();
  for (const decision of decisions) {
    if (!("excluded" in decision)) continue;
    const ids = out.get(decision.excluded);
    if (ids) ids.push(decision.reader.id);
    else out.set(decision.excluded, [decision.reader.id]);
  }
  if (out.size === 0) return;
  await addExclusions(tx.db, digestId, new Map([...out].map(([reason, ids]) => [reason, ids.length])));
  await insertExclusionPages(
    tx.db,
    [...out].map(([reason, ids]) => ({ digest_id: digestId, upto, reason, readers: packIds(ids) })),
  );
}
