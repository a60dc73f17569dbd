import type { Db, Tx } from "../db/database.ts";
import type { ProviderEvent } from "../mail/provider-event.ts";

/** Keeps what these failed deliveries were, for they are about to be sent again. */
export async function keepFormer(tx: Tx, ids: number[], at: number): Promise<void> {
  await tx
    .insertInto("former_message")
    .columns(["delivery_id", "provider_id", "reason", "retried_at"])
    .expression((eb) =>
      eb
        .selectFrom("delivery")
        .select((inner) => ["delivery.id", "provider_id", "reason", inner.lit(at).as("retried_at")])
        .where("delivery.id", "in", ids)
        .orderBy("delivery.id"),
    )
    .execute();
}

/** What a notice can still say of a message that was sent again: that it reached the mailbox after all. */
const STILL_COUNTS: readonly ProviderEvent["kind"][] = [
  "delivered",
  "bounced",
  "bounced-soft",
  "suppressed",
  "complained",
];

/** Whether a notice speaks of a message that failed and was sent again since, and so says nothing of where it stands. */
export async function isOvertaken(db: Db, deliveryId: number, { kind, providerId }: ProviderEvent): Promise<boolean> {
  if (providerId === null || STILL_COUNTS.includes(kind)) return false;
  const row = await db
    .selectFrom("former_message")
    .select("id")
    .where("delivery_id", "=", deliveryId)
    .where("provider_id", "=", providerId)
    .executeTakeFirst();
  return row !== undefined;
}
