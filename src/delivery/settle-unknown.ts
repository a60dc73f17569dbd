import { nudge, type TxContext } from "../db/transaction.ts";
import { type Batch, insertBatch } from "./batch-queries.ts";
import { requeueDelivery } from "./delivery-queries.ts";
import { addToTally } from "./digest-queries.ts";
import type { EditorMail } from "./editor-mail-queries.ts";
import { moveEditorMail } from "./editor-mail-queries.ts";
import { deliverJob, editorMailJob } from "./jobs.ts";
import { move } from "./tally.ts";
import { claimUnknownBatch, reopenDigest, unknownMembers } from "./unknown-queries.ts";
import type { UnknownDecision } from "./words.ts";

/**
 * Does what a person decided to the members of a batch whose outcome is still unknown: those that a notice settled
 * meanwhile are left as they are. Sent again they go in a batch of their own under a new key, frozen anew, so that
 * whoever left is left out. Null: it was decided before. Gives how many it was done to.
 */
export async function settleUnknownBatch(tx: TxContext, batch: Batch, decision: UnknownDecision) {
  if (!(await claimUnknownBatch(tx.db, batch.id, tx.clock()))) return null;
  const ids = await unknownMembers(tx.db, tx.engine, batch.id);
  if (ids.length === 0) return 0;
  if (decision === "count-as-sent") {
    await move(tx, { digestId: batch.digest_id, ids, to: "submitted", reason: "counted as sent by an editor" });
  } else await sendAgain(tx, batch, ids);
  return ids.length;
}

async function sendAgain(tx: TxContext, { digest_id: digestId, kind, priority }: Batch, ids: number[]): Promise<void> {
  const row = { digest_id: digestId, kind, priority, status: "queued", created_at: tx.clock() } as const;
  const id = await insertBatch(tx.db, { ...row, uid: tx.newId() });
  await requeueDelivery(tx.db, ids, id);
  if (digestId !== null) {
    await addToTally(
      tx.db,
      digestId,
      new Map([
        ["unknown", -ids.length],
        ["queued", ids.length],
      ]),
    );
    await reopenDigest(tx.db, digestId);
  }
  await nudge(tx, deliverJob(id), { priority });
}

/** The same for one mail to an editor: a new uid is a new key. Null: it was decided, or settled, before. */
export async function settleUnknownMail(tx: TxContext, mail: EditorMail, decision: UnknownDecision) {
  const sent = { status: "submitted", reason: "counted as sent by an editor", unsettled_since: null } as const;
  const again = {
    status: "queued",
    uid: tx.newId(),
    attempts: 0,
    reason: null,
    address: null,
    frozen_at: null,
    transport: null,
    unsettled_since: null,
    next_attempt_at: null,
    settled_at: null,
  } as const;
  const moved = await moveEditorMail(tx.db, mail.id, ["unknown"], decision === "send-again" ? again : sent);
  if (!moved) return null;
  if (decision === "send-again") await nudge(tx, editorMailJob(mail.id));
  return 1;
}
