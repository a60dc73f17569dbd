import type { TxContext } from "../db/transaction.ts";
import { findSuppression, putSuppression } from "./queries.ts";

/**
 * The provider put an address on its own list. `at`, when it did, decides between notices that come out of order; of two
 * at one moment the removal is the later. Gives since when it is suppressed here, milliseconds since 1970; null when the
 * notice is older than what is known.
 */
export async function mirrorAdded(tx: TxContext, addressIndex: string, at: number): Promise<number | null> {
  const known = await findSuppression(tx.db, addressIndex);
  const last = known?.provider_at ?? null;
  if (last !== null && (last > at || (last === at && known?.lifted_at !== null))) return null;
  const isOpen = known !== undefined && known.lifted_at === null;
  const row = isOpen ? known : { reason: "provider" as const, created_at: tx.clock(), lifted_at: null };
  await putSuppression(tx.db, { ...row, address_index: addressIndex, provider_at: at });
  return row.created_at;
}

/**
 * The provider took an address off its list. Lifts a suppression whose only reason was that list, and gives since when it
 * stood; null when there was none, when it has another reason, or when the notice is older than what is known.
 */
export async function mirrorRemoved(tx: TxContext, addressIndex: string, at: number): Promise<number | null> {
  const known = await findSuppression(tx.db, addressIndex);
  if ((known?.provider_at ?? 0) > at) return null;
  const now = tx.clock();
  const nothing = { reason: "provider" as const, created_at: now, lifted_at: now };
  const isOurs = known?.reason === "provider" && known.lifted_at === null;
  const row = isOurs ? { ...known, lifted_at: now } : (known ?? nothing);
  await putSuppression(tx.db, { ...row, address_index: addressIndex, provider_at: at });
  return isOurs ? row.created_at : null;
}
