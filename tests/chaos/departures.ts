import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../../src/context.ts";
import { unsubscribe } from "../../src/subscribers/index.ts";
import { addressOf } from "../support/editions.ts";

const PAUSE_MS = 50;

/** Readers who leave by their link while a digest goes out. */
export interface Departures {
  /** Ends it and gives how many left. */
  stop(): Promise<number>;
}

/** Lets `count` of the readers leave, one after the other, chosen by `draw`. */
export function startDepartures(
  ctx: Context,
  { count, of, draw }: { count: number; of: number; draw: () => number },
): Departures {
  let stopped = false;
  let left = 0;
  const going = (async () => {
    while (!stopped && left < count) {
      await leave(ctx, addressOf(1 + Math.floor(draw() * of)));
      left += 1;
      await pause(PAUSE_MS);
    }
  })();
  // Whoever stops it hears of the error; it must not end the process before.
  going.catch(() => undefined);
  return {
    stop: async () => {
      stopped = true;
      await going;
      return left;
    },
  };
}

async function leave(ctx: Context, address: string): Promise<void> {
  const { uid } = await ctx.db
    .selectFrom("subscriber")
    .select("uid")
    .where("address_index", "=", ctx.vault.index(address))
    .executeTakeFirstOrThrow();
  const token = ctx.vault.makeToken({ purpose: "unsubscribe", uid, issuedAt: ctx.clock() });
  await unsubscribe(ctx, token, "one-click");
}
