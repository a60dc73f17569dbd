import { randomBytes } from "node:crypto";
import type { Context } from "../context.ts";
import { bootstrapEditor, type Editor, hashKey } from "./authenticate.ts";
import { findById } from "./queries.ts";
import { deleteSession, deleteSessionsOver, findSession, insertSession } from "./session-queries.ts";

/** How long a person stays signed in to the desk. */
export const SESSION_MS = 12 * 3_600_000;

/** Opens a session for whoever has shown this key; gives its token, of which only a hash is kept. */
export async function openSession(ctx: Context, editor: Editor, key: string): Promise<string> {
  const token = randomBytes(32).toString("base64url");
  const now = ctx.clock();
  await deleteSessionsOver(ctx.db, now);
  await insertSession(ctx.db, {
    token_hash: hashKey(token),
    editor_id: editor.id,
    key_mark: markOf(ctx, hashKey(key)),
    created_at: now,
    expires_at: now + SESSION_MS,
  });
  return token;
}

/**
 * Who is signed in with this token; null for nobody. The editor is looked up each time: a session ends with the key it
 * was opened by, and a new key under the same name does not bring it back.
 */
export async function readSession(ctx: Context, token: string): Promise<Editor | null> {
  const session = await findSession(ctx.db, hashKey(token), ctx.clock());
  if (!session) return null;
  const { adminApiKey } = ctx.config;
  if (session.editor_id === null) {
    const stands = adminApiKey !== null && session.key_mark === markOf(ctx, hashKey(adminApiKey));
    return stands ? bootstrapEditor() : null;
  }
  const row = await findById(ctx.db, session.editor_id);
  if (!row || row.revoked_at !== null || session.key_mark !== markOf(ctx, row.key_hash)) return null;
  return { id: row.id, name: row.name, role: row.role };
}

/** Ends a session. One that is over already is no error. */
export async function signOut(ctx: Context, token: string): Promise<void> {
  await deleteSession(ctx.db, hashKey(token));
}

/** Keyed, since the bootstrap key is chosen by a person and its plain hash could be guessed back. */
function markOf(ctx: Context, keyHash: string): string {
  return ctx.vault.fingerprint("desk session", keyHash);
}
