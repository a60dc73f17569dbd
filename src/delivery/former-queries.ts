import type { Engine, Tx } from "../db/database.ts";
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
export function isOvertaken(former: FormerMessages, deliveryId: number, { kind, providerId }: ProviderEvent): boolean {
  if (providerId === null || STILL_COUNTS.includes(kind)) return false;
  return former.get(deliveryId)?.has(providerId) ?? false;
}

/** The provider's ids of what deliveries were before they were sent again. */
export type FormerMessages = Map<number, Set<string>>;

/** What these deliveries were before they were sent again. */
export async function formerMessages(tx: Tx, engine: Engine, deliveryIds: number[]): Promise<FormerMessages> {
  const rows = await tx
    .selectFrom("former_message")
    .select(["delivery_id", "provider_id"])
    .where("delivery_id", "in", engine.numbers(deliveryIds))
    .where("provider_id", "is not", null)
    .execute();
  const former: FormerMessages = new Map();
  for (const { delivery_id, provider_id } of rows) {
    const ids = former.get(delivery_id) ?? new Set<string>();
    former.set(delivery_id, ids.add(provider_id ?? ""));
  }
  return former;
}
