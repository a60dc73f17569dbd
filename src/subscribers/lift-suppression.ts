import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { lift } from "../suppression/index.ts";
import { readAddress } from "./address.ts";

/**
 * Takes the suppression of an address back by an operator's decision; nobody is subscribed by it. False when there was
 * none. Throws `InvalidError` for what is no address.
 */
export async function liftSuppressionOf(ctx: Context, email: string): Promise<boolean> {
  await ctx.vault.ready();
  const index = ctx.vault.index(readAddress(email).canonical);
  return transaction(ctx, (tx) => lift(tx, index));
}
