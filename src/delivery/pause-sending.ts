import type { Context } from "../context.ts";
import { pauseAllSending } from "./digest-queries.ts";

/** Pauses every digest that is being sent, with the reason that editors will read. Gives how many there were. */
export function pauseSending(ctx: Pick<Context, "db">, reason: string): Promise<number> {
  return pauseAllSending(ctx.db, reason);
}

/** Nothing will be taken until a person acts: everything that goes out stops, with the provider's reason. */
export async function stopEverything(ctx: Pick<Context, "db" | "log">, reason: string): Promise<void> {
  ctx.log.error({ reason }, "the mail provider refuses everything; sending stops until a person acts");
  await pauseSending(ctx, reason);
}
