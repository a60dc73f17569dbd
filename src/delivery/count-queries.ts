import type { Db } from "../db/database.ts";
import { isOpen } from "./batch-queries.ts";

/** For operators: deliveries of digests, open batches and mails to editors by status; provider notices not applied yet. */
export async function sendingCounts(db: Db) {
  const deliveries = await db
    .selectFrom("digest_tally")
    .select((eb) => ["status", eb.fn.sum<number>("count").as("count")])
    .groupBy("status")
    .execute();
  const batches = await db
    .selectFrom("batch")
    .select((eb) => ["status", eb.fn.countAll<number>().as("count")])
    .where(isOpen)
    .groupBy("status")
    .execute();
  const editorMails = await db
    .selectFrom("editor_mail")
    .select((eb) => ["status", eb.fn.countAll<number>().as("count")])
    .groupBy("status")
    .execute();
  const waiting = await db
    .selectFrom("provider_event")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("applied_at", "is", null)
    .executeTakeFirstOrThrow();
  return {
    deliveries: byStatus(deliveries),
    batches: byStatus(batches),
    editorMails: byStatus(editorMails),
    waitingEvents: Number(waiting.count),
  };
}

/** Why deliveries of a digest were skipped: kept, not counted. */
export function countSkipped(db: Db, digestId: number): Promise<{ reason: string; count: number }[]> {
  return db.selectFrom("digest_skip").select(["reason", "count"]).where("digest_id", "=", digestId).execute();
}

function byStatus(rows: { status: string; count: number }[]): Record<string, number> {
  return Object.fromEntries(rows.map((row) => [row.status, Number(row.count)]));
}
