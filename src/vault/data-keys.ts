import { createHash } from "node:crypto";
import { AppError, InvalidError } from "../errors.ts";
import { decrypt, encrypt, keyIdOf } from "./cipher.ts";

const KEY_BYTES = 32;

/** The outermost keys, from outside the database: they wrap the working keys and nothing else. */
export interface DataKeys {
  wrap(key: Uint8Array): Uint8Array;
  /** Throws `AppError` when none of the keys fits. */
  unwrap(wrapped: Uint8Array): Uint8Array;
  /** Whether the newest key wraps it. */
  isCurrent(wrapped: Uint8Array): boolean;
}

/** Reads `DATA_KEYS`: base64 of 32 bytes each, newest first. Throws `InvalidError` naming the one that is wrong. */
export function readDataKeys(encoded: string[]): DataKeys {
  const ring = new Map(encoded.map((text, place) => parseKey(text, place)).map((key) => [fingerprint(key), key]));
  const [newest] = ring;
  if (!newest) throw new InvalidError("DATA_KEYS holds no key; expected base64 of 32 bytes, newest first");
  const [newestId, newestKey] = newest;
  return {
    wrap: (key) => encrypt(newestKey, newestId, key),
    isCurrent: (wrapped) => keyIdOf(wrapped) === newestId,
    unwrap: (wrapped) => {
      const key = ring.get(keyIdOf(wrapped));
      if (!key) throw new AppError("unavailable", "DATA_KEYS lacks the key that this database was written with");
      return decrypt(key, wrapped);
    },
  };
}

function parseKey(text: string, place: number): Buffer {
  const key = Buffer.from(text, "base64");
  if (key.length === KEY_BYTES) return key;
  throw new InvalidError(`DATA_KEYS, key ${place + 1}: expected base64 of ${KEY_BYTES} bytes, got ${key.length} bytes`);
}

function fingerprint(key: Buffer): number {
  return createHash("sha256").update("data key").update(key).digest().readUInt32BE(0);
}
