import type { Context } from "../context.ts";
import { LimitedError, UnauthorizedError } from "../errors.ts";
import { HOUR_MS, hit, ipRange } from "../subscribers/index.ts";
import { authenticate, type Editor } from "./authenticate.ts";
import { openSession } from "./session.ts";

/** Tries an hour from one IPv4 /24 or IPv6 /64, right ones too. */
const TRIES = 30;

/**
 * Signs in to the desk with an API key; `ip` is the visitor's, if the door knows it. The token opens `readSession` for
 * `SESSION_MS`. Throws `UnauthorizedError` for a key that opens nothing, `LimitedError` after too many tries.
 */
export async function signIn(
  ctx: Context,
  { key, ip }: { key: string; ip: string | null },
): Promise<{ token: string; editor: Editor }> {
  const value = ip === null ? "unknown" : ipRange(ip);
  const wait = await hit(ctx, { purpose: "sign-ins from range", value, max: TRIES, windowMs: HOUR_MS });
  if (wait > 0) throw new LimitedError("Too many tries came from this network.", Math.ceil(wait / 1000));
  const editor = await authenticate(ctx, key);
  if (!editor) throw new UnauthorizedError("This API key opens nothing.");
  return { token: await openSession(ctx, editor, key), editor };
}
