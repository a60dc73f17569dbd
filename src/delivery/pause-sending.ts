import type { Context } from "../context.ts";
import { pauseAllSending } from "./digest-queries.ts";

/** Pauses every digest that is being sent, with the reason that editors will read. Gives how many there were. */
export function pauseSending(ctx: Pick<Context, "db">, reason: string): Promise<number> {
  return pauseAllSending(ctx.db, reason);
}
