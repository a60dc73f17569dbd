import type { Context } from "../context.ts";
import type { TokenClaims, TokenPurpose } from "../vault/index.ts";

/** The claims of a genuine token of this purpose, else null. Keys that another process added meanwhile are known too. */
export async function readReaderToken(ctx: Context, purpose: TokenPurpose, token: string): Promise<TokenClaims | null> {
  const claims = ctx.vault.readToken(purpose, token);
  if (claims) return claims;
  await ctx.vault.ready();
  return ctx.vault.readToken(purpose, token);
}
