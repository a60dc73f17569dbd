import type { Selectable } from "kysely";
import type { Db, Engine, Tx } from "../db/database.ts";
import type { KeyPurpose, VaultKeyTable } from "./table.ts";

export type VaultKey = Selectable<VaultKeyTable>;

export function listKeys(db: Db): Promise<VaultKey[]> {
  return db.selectFrom("vault_key").selectAll().orderBy("id").execute();
}

export async function newestKeyId(db: Db): Promise<number> {
  const row = await db
    .selectFrom("vault_key")
    .select((eb) => eb.fn.max<number | null>("id").as("id"))
    .executeTakeFirst();
  return row?.id ?? 0;
}

export async function insertKey(tx: Tx, purpose: KeyPurpose, wrapped: Uint8Array, at: number): Promise<void> {
  await tx.insertInto("vault_key").values({ purpose, wrapped, created_at: at }).execute();
}

export async function replaceWrapping(tx: Tx, id: number, wrapped: Uint8Array): Promise<void> {
  await tx.updateTable("vault_key").set({ wrapped }).where("id", "=", id).execute();
}

/** Rows of one table with an address, in key order, for re-encryption. */
export interface SealedAddresses {
  page(tx: Tx, engine: Engine, after: number, limit: number): Promise<{ id: number; address: Uint8Array | null }[]>;
  replace(tx: Tx, id: number, address: Uint8Array): Promise<void>;
}

const ofSubscribers: SealedAddresses = {
  page: (tx, engine, after, limit) =>
    tx
      .selectFrom("subscriber")
      .select(["id", "address"])
      .where("id", ">", after)
      .where("address", "is not", null)
      .orderBy("id")
      .limit(limit)
      .$if(engine.locksRows, (query) => query.forUpdate())
      .execute(),
  replace: async (tx, id, address) => {
    await tx.updateTable("subscriber").set({ address }).where("id", "=", id).execute();
  },
};

const ofEditors: SealedAddresses = {
  page: (tx, engine, after, limit) =>
    tx
      .selectFrom("editor")
      .select(["id", "reminder_address as address"])
      .where("id", ">", after)
      .where("reminder_address", "is not", null)
      .orderBy("id")
      .limit(limit)
      .$if(engine.locksRows, (query) => query.forUpdate())
      .execute(),
  replace: async (tx, id, address) => {
    await tx.updateTable("editor").set({ reminder_address: address }).where("id", "=", id).execute();
  },
};

/** Every column whose addresses stay; those that batches froze go when they settle. */
export const SEALED_ADDRESSES = [ofSubscribers, ofEditors];
