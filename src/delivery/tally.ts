import type { TxContext } from "../db/transaction.ts";
import { moveDeliveries } from "./delivery-queries.ts";
import { addSkips, addToTally } from "./digest-queries.ts";
import { statusesBefore } from "./status.ts";
import type { DeliveryStatus } from "./words.ts";

export interface Move {
  digestId: number | null;
  ids: number[];
  to: DeliveryStatus;
  reason?: string | null;
  /** When a provider event says that it happened. */
  eventAt?: number;
}

/**
 * Moves deliveries forward and the digest's counters with them, in one transaction, so that counters equal rows at
 * every moment. What already stands further on stays. Gives the ids that moved.
 */
export async function move(tx: TxContext, { digestId, ids, to, reason, eventAt }: Move): Promise<number[]> {
  const moved = await moveDeliveries(tx.db, tx.engine, ids, statusesBefore(to), {
    status: to,
    ...(reason === undefined ? {} : { reason }),
    ...(eventAt === undefined ? {} : { event_at: eventAt }),
  });
  if (digestId !== null && moved.length > 0) await addToTally(tx.db, digestId, differences(moved, to));
  if (digestId !== null && to === "skipped") await addSkips(tx.db, digestId, reason ?? "", moved.length);
  return moved.map((one) => one.id);
}

function differences(moved: { from: DeliveryStatus }[], to: DeliveryStatus): Map<DeliveryStatus, number> {
  const counts = new Map<DeliveryStatus, number>([[to, moved.length]]);
  for (const { from } of moved) counts.set(from, (counts.get(from) ?? 0) - 1);
  return counts;
}
