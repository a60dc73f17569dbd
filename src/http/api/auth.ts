import type { MiddlewareHandler } from "hono";
import type { Context } from "../../context.ts";
import { authenticate, type Editor, ROLES, type Role } from "../../editors/index.ts";
import { ForbiddenError, UnauthorizedError } from "../../errors.ts";
import type { ApiEnv } from "./env.ts";

/** Lets only holders of an API key of this role or a higher one pass, and logs who changed something. */
export function requireRole(ctx: Context, role: Role): MiddlewareHandler<ApiEnv> {
  return async (c, next) => {
    const editor = await readEditor(ctx, c.req.header("authorization"));
    if (ROLES.indexOf(editor.role) < ROLES.indexOf(role)) {
      throw new ForbiddenError(`This needs the role ${role}; the key has the role ${editor.role}.`);
    }
    c.set("editor", editor);
    await next();
    if (c.req.method === "GET" || c.req.method === "HEAD") return;
    ctx.log.info({ editor: editor.id ?? "bootstrap", method: c.req.method, status: c.res.status }, "an editor acted");
  };
}

/** Whose key this Authorization header carries (RFC 6750). Throws `UnauthorizedError`. */
export async function readEditor(ctx: Context, header: string | undefined): Promise<Editor> {
  const key = /^Bearer +([\w.~+/=-]+) *$/i.exec(header ?? "")?.[1];
  if (key === undefined) throw new UnauthorizedError("Expected the header Authorization: Bearer KEY.");
  const editor = await authenticate(ctx, key);
  if (!editor) throw new UnauthorizedError("This API key opens nothing.");
  return editor;
}
