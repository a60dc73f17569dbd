import { createHmac, randomBytes } from "node:crypto";
import type { Database, Db } from "../db/database.ts";
import { AppError } from "../errors.ts";
import { decrypt, encrypt, keyIdOf } from "./cipher.ts";
import { type DataKeys, readDataKeys } from "./data-keys.ts";
import { insertKey, listKeys, newestKeyId } from "./queries.ts";
import type { KeyPurpose } from "./table.ts";
import { makeToken, readToken } from "./tokens.ts";
import type { Vault } from "./vault.ts";

export interface VaultOptions {
  database: Pick<Database, "db" | "engine">;
  /** `DATA_KEYS`, newest first. */
  dataKeys: string[];
  clock: () => number;
}

/**
 * Opens the vault on a migrated database, making its working keys at first use. Throws `InvalidError` when DATA_KEYS
 * is malformed and `AppError` when it is not the one this database was written with.
 */
export async function openVault({ database, dataKeys, clock }: VaultOptions): Promise<Vault> {
  const ring = readDataKeys(dataKeys);
  await makeMissingKeys(database, ring, clock());
  let keys = await loadKeys(database.db, ring);
  return {
    seal: (plain) => encrypt(keys.newest("address").key, keys.newest("address").id, Buffer.from(plain)),
    open: (sealed) => decrypt(keys.byId(keyIdOf(sealed)), sealed).toString(),
    index: (canonical) => hmac(keys.newest("index").key, "address", canonical),
    fingerprint: (purpose, value) => hmac(keys.newest("index").key, purpose, value),
    get tokenKeyId() {
      return keys.newest("token").id;
    },
    makeToken: (claims, id = keys.newest("token").id) => makeToken(keys.byId(id), id, claims),
    readToken: (purpose, token) => readToken(keys.tokenKey, purpose, token),
    ready: async () => {
      if ((await newestKeyId(database.db)) !== keys.newestId) keys = await loadKeys(database.db, ring);
    },
  };
}

async function makeMissingKeys(database: VaultOptions["database"], ring: DataKeys, at: number): Promise<void> {
  if ((await listKeys(database.db)).length > 0) return;
  await database.db.transaction().execute(async (tx) => {
    await database.engine.serialise(tx, "vault");
    if ((await listKeys(tx)).length > 0) return;
    for (const purpose of ["address", "index", "token"] as const) await addKey(tx, ring, purpose, at);
  });
}

/** Makes a fresh working key; the newest of its purpose is the one in use. */
export function addKey(tx: Parameters<typeof insertKey>[0], ring: DataKeys, purpose: KeyPurpose, at: number) {
  return insertKey(tx, purpose, ring.wrap(randomBytes(32)), at);
}

async function loadKeys(db: Db, ring: DataKeys) {
  const rows = (await listKeys(db)).map((row) => ({ ...row, key: ring.unwrap(row.wrapped) }));
  const byId = new Map(rows.map((row) => [row.id, row]));
  const newest = new Map(rows.map((row) => [row.purpose, row]));
  return {
    newestId: Math.max(...byId.keys()),
    newest: (purpose: KeyPurpose) => found(newest.get(purpose)),
    byId: (id: number) => found(byId.get(id)).key,
    tokenKey: (id: number) => (byId.get(id)?.purpose === "token" ? byId.get(id)?.key : undefined),
  };
}

function found<T>(row: T | undefined): T {
  if (row === undefined) throw new AppError("unavailable", "the vault has no such key");
  return row;
}

function hmac(key: Uint8Array, label: string, value: string): string {
  return createHmac("sha256", key).update(`${label}\0${value}`).digest("base64url");
}
