import type { Bytes, Id, Time } from "../db/columns.ts";

export type KeyPurpose = "address" | "index" | "token";

/** A working key, wrapped by one of DATA_KEYS; the newest of a purpose is used, all of them are readable. */
export interface VaultKeyTable {
  id: Id;
  purpose: KeyPurpose;
  wrapped: Bytes;
  created_at: Time;
}
