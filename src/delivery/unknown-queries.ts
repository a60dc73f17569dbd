import type { Selectable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import { type Batch, isOpen } from "./batch-queries.ts";
import type { EditorMail } from "./editor-mail-queries.ts";
import type { UnknownDecisionTable } from "./table.ts";
import type { UnknownDecision } from "./words.ts";

const LIMIT = 200;

/** Batches with messages whose outcome is not known, oldest first; with `uid`, that one. */
export function unknownBatchRows(db: Db, uid: string | null) {
  return db
    .selectFrom("batch")
    .innerJoin("delivery", "delivery.batch_id", "batch.id")
    .leftJoin("digest", "digest.id", "batch.digest_id")
    .select((eb) => [
      "batch.uid",
      "batch.kind",
      "batch.reason",
      "batch.transport",
      "batch.unsettled_since",
      "batch.settled_at",
      "digest.uid as digest",
      "digest.status as digest_status",
      eb.fn.count<number>("delivery.id").as("count"),
    ])
    .where(isOpen)
    .where("batch.status", "=", "unknown")
    .where("delivery.status", "=", "unknown")
    .$if(uid !== null, (query) => query.where("batch.uid", "=", uid ?? ""))
    .groupBy(["batch.id", "digest.id"])
    .orderBy("batch.id")
    .limit(LIMIT)
    .execute();
}

/** Mails to editors whose outcome is not known. */
export function unknownEditorMailRows(db: Db, uid: string | null) {
  return db
    .selectFrom("editor_mail")
    .select(["uid", "kind", "reason", "transport", "unsettled_since", "settled_at"])
    .where("status", "=", "unknown")
    .$if(uid !== null, (query) => query.where("uid", "=", uid ?? ""))
    .orderBy("id")
    .limit(LIMIT)
    .execute();
}

export function findBatchByUid(db: Db, uid: string): Promise<Batch | undefined> {
  return db.selectFrom("batch").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export function findEditorMailByUid(db: Db, uid: string): Promise<EditorMail | undefined> {
  return db.selectFrom("editor_mail").selectAll().where("uid", "=", uid).executeTakeFirst();
}

/** Takes a batch from those that wait for a person; false when somebody did before. */
export async function claimUnknownBatch(tx: Tx, id: number, at: number): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("batch")
    .set({ status: "settled", settled_at: at })
    .where("id", "=", id)
    .where("status", "=", "unknown")
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Members of a batch whose outcome is still not known, held until the transaction ends. */
export async function unknownMembers(tx: Tx, engine: Engine, batchId: number): Promise<number[]> {
  const rows = await tx
    .selectFrom("delivery")
    .select("id")
    .where("batch_id", "=", batchId)
    .where("status", "=", "unknown")
    .orderBy("id")
    .$if(engine.locksRows, (query) => query.forUpdate())
    .execute();
  return rows.map((row) => row.id);
}

/** Settles the batches of which notices told everything. */
export async function settleToldBatches(db: Db): Promise<void> {
  await db
    .updateTable("batch")
    .set({ status: "settled" })
    .where(isOpen)
    .where("status", "=", "unknown")
    .where((eb) =>
      eb.not(
        eb.exists(
          eb
            .selectFrom("delivery")
            .select("delivery.id")
            .whereRef("delivery.batch_id", "=", "batch.id")
            .where("delivery.status", "=", "unknown"),
        ),
      ),
    )
    .execute();
}

export type Decided = Selectable<UnknownDecisionTable>;

export function findDecision(db: Db, uid: string): Promise<Decided | undefined> {
  return db.selectFrom("unknown_decision").selectAll().where("uid", "=", uid).executeTakeFirst();
}

export async function insertDecision(
  tx: Tx,
  row: { uid: string; decision: UnknownDecision; count: number; decided_by: string; decided_at: number },
): Promise<void> {
  await tx.insertInto("unknown_decision").values(row).execute();
}

/** Puts a digest that was done back to work. */
export async function reopenDigest(tx: Tx, digestId: number): Promise<void> {
  await tx
    .updateTable("digest")
    .set({ status: "sending", finished_at: null })
    .where("id", "=", digestId)
    .where("status", "=", "sent")
    .execute();
}
