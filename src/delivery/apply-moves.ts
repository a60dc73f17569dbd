import type { TxContext } from "../db/transaction.ts";
import type { ProviderEvent } from "../mail/provider-event.ts";
import type { About } from "./apply-event.ts";
import { type FoundDelivery, findDeliveries, lockStatuses, type Moved, moveEach } from "./delivery-queries.ts";
import { addToTally } from "./digest-queries.ts";
import { readDeliveryTag } from "./frozen-messages.ts";
import { guardRates } from "./guard-rates.ts";
import { statusesBefore, statusOfEvent } from "./status.ts";
import type { DeliveryStatus } from "./words.ts";

/** The deliveries that notices name, by number. */
export async function foundDeliveries(tx: TxContext, events: ProviderEvent[]): Promise<Map<number, FoundDelivery>> {
  const ids = events.flatMap(({ tags }) => readDeliveryTag(tags.delivery) ?? []);
  if (ids.length === 0) return new Map();
  return new Map((await findDeliveries(tx.db, [...new Set(ids)])).map((row) => [row.id, row]));
}

/** Moves each delivery as far forward as its notices say, one after the other, and the digests' counters with them. */
export async function applyMoves(tx: TxContext, ours: About[]): Promise<void> {
  const digests = new Map(ours.map(({ delivery }) => [delivery.id, delivery.digest_id]));
  const statuses = await lockStatuses(
    tx.db,
    tx.engine,
    [...digests.keys()].sort((a, b) => a - b),
  );
  const moved = new Map<number, Moved>();
  const tallies = new Map<number, Map<DeliveryStatus, number>>();
  for (const { event, delivery } of ours) {
    const [from, to] = [statuses.get(delivery.id), statusOfEvent(event.kind)];
    if (from === undefined || !statusesBefore(to).includes(from)) continue;
    statuses.set(delivery.id, to);
    moved.set(delivery.id, {
      id: delivery.id,
      status: to,
      reason: event.detail,
      eventAt: event.at,
      providerId: event.providerId,
    });
    if (delivery.digest_id !== null) count(tallies, delivery.digest_id, from, to);
  }
  await moveEach(tx.db, [...moved.values()]);
  for (const [digestId, counts] of [...tallies].sort(([a], [b]) => a - b)) {
    await addToTally(tx.db, digestId, counts);
    if (counts.has("bounced") || counts.has("complained")) await guardRates(tx, digestId);
  }
}

function count(
  tallies: Map<number, Map<DeliveryStatus, number>>,
  digestId: number,
  from: DeliveryStatus,
  to: DeliveryStatus,
): void {
  const counts = tallies.get(digestId) ?? new Map<DeliveryStatus, number>();
  tallies.set(digestId, counts);
  counts.set(from, (counts.get(from) ?? 0) - 1);
  counts.set(to, (counts.get(to) ?? 0) + 1);
}
