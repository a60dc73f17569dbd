import type { Context } from "../context.ts";
import { allEditors } from "./queries.ts";

/** Every editor by name, revoked ones too; times are RFC 3339. No key: only its hash is kept. */
export async function listEditors(ctx: Context) {
  return (await allEditors(ctx.db)).map(({ name, role, created_at, revoked_at }) => ({
    name,
    role,
    createdAt: new Date(created_at).toISOString(),
    revokedAt: revoked_at === null ? null : new Date(revoked_at).toISOString(),
  }));
}
