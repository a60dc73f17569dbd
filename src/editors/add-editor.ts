import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Context } from "../context.ts";
import { ConflictError } from "../errors.ts";
import { parse } from "../parse.ts";
import { hashKey } from "./authenticate.ts";
import { insertEditor } from "./queries.ts";
import { ROLES, type Role } from "./table.ts";

export const NewEditor = z.object({
  /** A person's or a program's name, for the list of keys. */
  name: z
    .string()
    .trim()
    .min(1)
    .max(100)
    .regex(/^[^\p{Cc}]*$/u, "expected one line"),
  role: z.enum(ROLES),
});

/**
 * Gives a person or program an API key; it is shown here and never again. Throws `ConflictError` when the name is in
 * use by a key that still opens. The name of a revoked key may be used again.
 */
export async function addEditor(ctx: Context, input: unknown): Promise<{ name: string; role: Role; key: string }> {
  const { name, role } = parse(NewEditor, input);
  const key = `hpn_${randomBytes(32).toString("base64url")}`;
  const added = await insertEditor(ctx.db, { name, role, key_hash: hashKey(key), created_at: ctx.clock() });
  if (!added)
    throw new ConflictError(`There is an editor named ${JSON.stringify(name)} already; revoke that key first.`);
  return { name, role, key };
}
