import type { Db, Tx } from "../db/database.ts";

/** One message of a frozen batch: everything its bytes are made of, but the rendering itself. */
export interface FrozenMember {
  deliveryId: number;
  variantId: number;
  /** The subscriber's. */
  uid: string;
  /** The subscriber's address as it was encrypted when the batch froze, base64. */
  address: string;
}

type Packed = [deliveryId: number, variantId: number, uid: string, address: string];

/** Keeps what a batch froze, in its order. */
export async function insertFrozen(tx: Tx, batchId: number, members: FrozenMember[]): Promise<void> {
  const packed = members.map(
    ({ deliveryId, variantId, uid, address }): Packed => [deliveryId, variantId, uid, address],
  );
  await tx
    .insertInto("frozen_batch")
    .values({ batch_id: batchId, members: JSON.stringify(packed) })
    .execute();
}

/** What a batch froze, in its order; nothing once it is settled, or its reader is forgotten. */
export async function findFrozen(db: Db, batchId: number): Promise<FrozenMember[]> {
  const row = await db.selectFrom("frozen_batch").select("members").where("batch_id", "=", batchId).executeTakeFirst();
  return (JSON.parse(row?.members ?? "[]") as Packed[]).map(([deliveryId, variantId, uid, address]) => ({
    deliveryId,
    variantId,
    uid,
    address,
  }));
}

/** Forgets the addresses of a batch that will not be tried again. */
export async function deleteFrozen(tx: Tx, batchId: number): Promise<void> {
  await tx.deleteFrom("frozen_batch").where("batch_id", "=", batchId).execute();
}
