import type { Selectable } from "kysely";
import type { Db, Tx } from "../db/database.ts";
import type { ConsentEventTable } from "./table.ts";

export async function insertConsentEvents(tx: Tx, rows: Omit<Selectable<ConsentEventTable>, "id">[]): Promise<void> {
  if (rows.length > 0) await tx.insertInto("consent_event").values(rows).execute();
}

export async function keepWording(tx: Tx, row: { hash: string; locale: string; text: string; first_used_at: number }) {
  await tx
    .insertInto("consent_wording")
    .values(row)
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .execute();
}

/** A subscriber's ledger, oldest first, with the words of each consent. */
export function listConsentEvents(db: Db, subscriberId: number) {
  return db
    .selectFrom("consent_event")
    .leftJoin("consent_wording", "consent_wording.hash", "consent_event.wording")
    .select(["kind", "at", "form", "detail", "consent_wording.text as wording"])
    .where("subscriber_id", "=", subscriberId)
    .orderBy("consent_event.id")
    .execute();
}
