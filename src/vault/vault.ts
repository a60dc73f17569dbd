/** What a token is for. A token of one purpose is worthless for another. */
export type TokenPurpose = "confirm" | "unsubscribe" | "preferences" | "not-me";

export interface TokenClaims {
  purpose: TokenPurpose;
  /** `subscriber.uid`. */
  uid: string;
  /** When it was made, milliseconds since 1970. */
  issuedAt: number;
}

/**
 * Encryption of addresses, blind index and tokens. Working keys live wrapped in the database; DATA_KEYS, outside it,
 * unwrap them. Synchronous once open: it costs microseconds.
 */
export interface Vault {
  /** AES-256-GCM: key id (4 bytes, big endian), nonce (12), ciphertext, tag (16). */
  seal(plain: string): Uint8Array;
  /** Reverses `seal`, with any key that was ever used. Throws when the bytes were changed. */
  open(sealed: Uint8Array): string;
  /** Blind index of a canonical address: HMAC-SHA-256, 43 characters of base64url. Stable over key rotation. */
  index(canonical: string): string;
  /** A hash for rate-limit keys and the like, keyed so that it cannot be guessed back. */
  fingerprint(purpose: string, value: string): string;
  /** The token key in use, for freezing; tokens made under it again are the same bytes. */
  readonly tokenKeyId: number;
  makeToken(claims: TokenClaims, tokenKeyId?: number): string;
  /** The claims of a genuine token of this purpose, else null. Does not look at age. */
  readToken(purpose: TokenPurpose, token: string): TokenClaims | null;
  /** Learns of keys that another process has added since. One small query; call it before reading what others wrote. */
  ready(): Promise<void>;
}
