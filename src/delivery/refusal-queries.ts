import { sql } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { TxContext } from "../db/transaction.ts";
import type { Batch } from "./batch-queries.ts";

/**
 * After as many digests in a row a refused address is not tried again by itself: one refusal can be about the message,
 * three digests that others were sent cannot.
 */
const REFUSALS_IN_A_ROW = 3;

/**
 * Notes that the provider refused the one reader of a batch, for its digest. Where nobody else of the digest was taken,
 * it says nothing of them.
 */
export async function noteRefusal(
  tx: Pick<TxContext, "db" | "clock">,
  batch: Pick<Batch, "id" | "digest_id">,
): Promise<void> {
  if (batch.digest_id === null || !(await wasTaken(tx.db, batch.digest_id))) return;
  const [digestId, at] = [batch.digest_id, tx.clock()];
  await sql`
    insert into address_refusal (subscriber_id, digests, last_digest_id, last_at)
    select subscriber_id, 1, cast(${digestId} as bigint), cast(${at} as bigint)
    from delivery where batch_id = ${batch.id} and status = 'queued'
    on conflict (subscriber_id) do update set
      digests = case
        when exists ${takenSince(tx.db)} then 1
        when address_refusal.last_digest_id = excluded.last_digest_id then address_refusal.digests
        else address_refusal.digests + 1 end,
      last_digest_id = excluded.last_digest_id,
      last_at = excluded.last_at`.execute(tx.db);
}

async function wasTaken(tx: Tx, digestId: number): Promise<boolean> {
  const row = await tx
    .selectFrom("digest_tally")
    .select("count")
    .where("digest_id", "=", digestId)
    .where("status", "in", ["submitted", "delivered", "bounced", "complained"])
    .where("count", ">", 0)
    .executeTakeFirst();
  return row !== undefined;
}

/** Of readers from `first` to `last`, those refused so often, and taken nothing for since. There are few: a range read. */
export async function refusedReaders(db: Db, first: number, last: number): Promise<ReadonlySet<number>> {
  const rows = await db
    .selectFrom("address_refusal")
    .select("subscriber_id")
    .where("subscriber_id", ">=", first)
    .where("subscriber_id", "<=", last)
    .where("digests", ">=", REFUSALS_IN_A_ROW)
    .where((eb) => eb.not(eb.exists(takenSince(db))))
    .execute();
  return new Set(rows.map((row) => row.subscriber_id));
}

/** Any mail to the reader that the provider took after the refusal: a confirmation, a correction, a retry. */
function takenSince(db: Db) {
  return db
    .selectFrom("delivery as taken")
    .select("taken.id")
    .where("taken.subscriber_id", "=", sql.ref<number>("address_refusal.subscriber_id"))
    .where("taken.submitted_at", ">", sql.ref<number>("address_refusal.last_at"));
}
