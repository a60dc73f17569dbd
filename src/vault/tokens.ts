import { createHmac, timingSafeEqual } from "node:crypto";
import type { TokenClaims, TokenPurpose } from "./vault.ts";

const VERSION = 1;
const PURPOSES = ["confirm", "unsubscribe", "preferences", "not-me"] as const satisfies TokenPurpose[];
const CLAIM_BYTES = 28;
const MAC_BYTES = 16;

/**
 * A token is version, purpose, key id, time and uid, with 128 bits of HMAC-SHA-256 over them, in base64url: 59
 * characters. Equal claims under one key are equal bytes, so that a retried mail carries the same links.
 */
export function makeToken(key: Uint8Array, keyId: number, claims: TokenClaims): string {
  const token = Buffer.allocUnsafe(CLAIM_BYTES + MAC_BYTES);
  token.writeUInt8(VERSION, 0);
  token.writeUInt8(PURPOSES.indexOf(claims.purpose), 1);
  token.writeUInt32BE(keyId, 2);
  token.writeUIntBE(claims.issuedAt, 6, 6);
  token.write(claims.uid, 12, "hex");
  token.set(mac(key, token.subarray(0, CLAIM_BYTES)), CLAIM_BYTES);
  return token.toString("base64url");
}

/** The claims of a genuine token, else null. `keyOf` gives the key of an id, or undefined for an unknown one. */
export function readToken(
  keyOf: (keyId: number) => Uint8Array | undefined,
  purpose: TokenPurpose,
  token: string,
): TokenClaims | null {
  const bytes = Buffer.from(token, "base64url");
  if (bytes.length !== CLAIM_BYTES + MAC_BYTES || bytes.toString("base64url") !== token) return null;
  const head = bytes.subarray(0, CLAIM_BYTES);
  const key = keyOf(head.readUInt32BE(2));
  if (!key || !timingSafeEqual(mac(key, head), bytes.subarray(CLAIM_BYTES))) return null;
  if (head.readUInt8(0) !== VERSION || PURPOSES[head.readUInt8(1)] !== purpose) return null;
  return { purpose, issuedAt: head.readUIntBE(6, 6), uid: head.subarray(12).toString("hex") };
}

function mac(key: Uint8Array, head: Buffer): Buffer {
  return createHmac("sha256", key).update("token").update(head).digest().subarray(0, MAC_BYTES);
}
