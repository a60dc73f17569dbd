import { sql } from "kysely";
import type { Tx } from "../db/database.ts";
import type { SubscriberStatus } from "../subscribers/words.ts";
import { untried } from "./batch-queries.ts";

/** Ends mailing to a reader; false when it had ended already. A complaint outranks a bounce. */
export async function stopMailing(
  tx: Tx,
  subscriberId: number,
  status: "bounced" | "complained",
  at: number,
): Promise<boolean> {
  const { numUpdatedRows } = await tx
    .updateTable("subscriber")
    .set({ status, left_at: at })
    .where("id", "=", subscriberId)
    .where("status", "in", status === "complained" ? ["pending", "active", "bounced"] : ["pending", "active"])
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** Ends mailing to whoever has this address, because the provider will not send there; noted by the very time. */
export async function stopMailingTo(tx: Tx, addressIndex: string, at: number): Promise<void> {
  await tx
    .updateTable("subscriber")
    .set({ status: "bounced", left_at: at })
    .where("address_index", "=", addressIndex)
    .where("status", "in", ["pending", "active"])
    .execute();
}

/** Takes back what `stopMailingTo` did at that time, and nothing else: nobody becomes active who had not confirmed. */
export async function mailAgain(tx: Tx, addressIndex: string, at: number): Promise<void> {
  await tx
    .updateTable("subscriber")
    .set((eb) => ({
      status: eb
        .case()
        .when("confirmed_at", "is", null)
        .then(sql<SubscriberStatus>`'pending'`)
        .else(sql<SubscriberStatus>`'active'`)
        .end(),
      left_at: null,
    }))
    .where("address_index", "=", addressIndex)
    .where("status", "=", "bounced")
    .where("left_at", "=", at)
    .execute();
}

/** Counts a transient bounce and gives how many there are in a row. */
export async function countSoftBounce(tx: Tx, subscriberId: number): Promise<number> {
  const row = await tx
    .updateTable("subscriber")
    .set((eb) => ({ soft_bounces: eb("soft_bounces", "+", 1) }))
    .where("id", "=", subscriberId)
    .returning("soft_bounces")
    .executeTakeFirstOrThrow();
  return row.soft_bounces;
}

export async function resetSoftBounces(tx: Tx, subscriberIds: number[]): Promise<void> {
  await tx
    .updateTable("subscriber")
    .set({ soft_bounces: 0 })
    .where("id", "in", subscriberIds)
    .where("soft_bounces", ">", 0)
    .execute();
}

/**
 * Moves the place of readers whose delivery is about to be skipped, or failed and is not sent again any more, to just
 * before the first event it would have told.
 */
export async function untellSkipped(tx: Tx, digestId: number): Promise<void> {
  const variants = await tx.selectFrom("variant").select(["id", "events"]).where("digest_id", "=", digestId).execute();
  for (const variant of variants) {
    const before = Math.min(...(JSON.parse(variant.events) as number[])) - 1;
    await tx
      .updateTable("subscriber")
      .set({ watermark: before })
      .where("watermark", ">", before)
      .where("id", "in", (eb) =>
        eb
          .selectFrom("delivery")
          .select("delivery.subscriber_id")
          .where("delivery.variant_id", "=", variant.id)
          .where((or) =>
            or.or([
              or("delivery.status", "=", "failed"),
              or.and([or("delivery.status", "=", "queued"), or("delivery.batch_id", "in", untried(tx, digestId))]),
            ]),
          ),
      )
      .execute();
  }
}
