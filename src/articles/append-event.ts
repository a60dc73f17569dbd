import type { Insertable } from "kysely";
import { nudge, type TxContext } from "../db/transaction.ts";
import { insertEvent, maxEventSeq } from "./queries.ts";
import type { ArticleEventTable } from "./table.ts";

/** Appends an event to the sequence and asks who wants it at once; gives its number. Numbers commit in their order. */
export async function appendEvent(
  tx: TxContext,
  event: Omit<Insertable<ArticleEventTable>, "seq" | "created_at">,
): Promise<number> {
  await tx.engine.serialise(tx.db, "article-event");
  const seq = (await maxEventSeq(tx.db)) + 1;
  await insertEvent(tx.db, { ...event, seq, created_at: tx.clock() });
  await nudge(tx, { name: "build-digests", key: "events" });
  return seq;
}
