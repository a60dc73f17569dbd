import { createHash, timingSafeEqual } from "node:crypto";
import type { Context } from "../context.ts";
import { findByKeyHash } from "./queries.ts";
import type { Role } from "./table.ts";

/** Who acts. `id` is null for the holder of the bootstrap key, who is in no table. */
export interface Editor {
  id: number | null;
  name: string;
  role: Role;
}

/** Whom this API key belongs to; null for a key that opens nothing. Keys are compared by hash, in constant time. */
export async function authenticate(ctx: Context, key: string): Promise<Editor | null> {
  const { adminApiKey } = ctx.config;
  if (adminApiKey !== null && timingSafeEqual(sha256(key), sha256(adminApiKey))) {
    return bootstrapEditor();
  }
  const row = await findByKeyHash(ctx.db, hashKey(key));
  return row ? { id: row.id, name: row.name, role: row.role } : null;
}

/** The holder of ADMIN_API_KEY. */
export function bootstrapEditor(): Editor {
  return { id: null, name: "bootstrap key", role: "admin" };
}

/** What is kept of a key. Keys are 256 random bits, so a plain hash cannot be guessed back. */
export function hashKey(key: string): string {
  return sha256(key).toString("hex");
}

function sha256(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
