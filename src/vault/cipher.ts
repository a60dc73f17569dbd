import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";

const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ID_BYTES = 4;

/** AES-256-GCM (NIST SP 800-38D): key id, nonce, ciphertext, tag. The key id is authenticated too. */
export function encrypt(key: Uint8Array, keyId: number, plain: Uint8Array): Uint8Array {
  const id = Buffer.alloc(ID_BYTES);
  id.writeUInt32BE(keyId);
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv("aes-256-gcm", key, nonce);
  cipher.setAAD(id);
  return Buffer.concat([id, nonce, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** The id of the key that a sealed text needs. */
export function keyIdOf(sealed: Uint8Array): number {
  return asBuffer(sealed).readUInt32BE(0);
}

/** Reverses `encrypt`. Throws when key or bytes are not the ones. */
export function decrypt(key: Uint8Array, sealed: Uint8Array): Buffer {
  const bytes = asBuffer(sealed);
  const decipher = createDecipheriv("aes-256-gcm", key, bytes.subarray(ID_BYTES, ID_BYTES + NONCE_BYTES));
  decipher.setAAD(bytes.subarray(0, ID_BYTES));
  decipher.setAuthTag(bytes.subarray(bytes.length - TAG_BYTES));
  const text = bytes.subarray(ID_BYTES + NONCE_BYTES, bytes.length - TAG_BYTES);
  return Buffer.concat([decipher.update(text), decipher.final()]);
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
