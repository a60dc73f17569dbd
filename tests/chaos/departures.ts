import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../../src/context.ts";
import { addressOf } from "../support/editions.ts";
import type { Door } from "./door.ts";
import { patiently } from "./patience.ts";

const PAUSE_MS = 50;

/** Readers who leave by the link of an earlier letter while a digest goes out. */
export interface Departures {
  /** Ends it and gives the addresses that left. */
  stop(): Promise<Set<string>>;
}

/** Lets `count` of the readers leave, one after the other, chosen by `draw`. */
export function startDepartures(
  ctx: Context,
  { door, count, of, draw }: { door: Door; count: number; of: number; draw: () => number },
): Departures {
  let stopped = false;
  const left = new Set<string>();
  const going = (async () => {
    for (let turn = 0; !stopped && turn < count; turn += 1) {
      const address = addressOf(1 + Math.floor(draw() * of));
      await leaveBy(door, await unsubscribeLink(ctx, address));
      left.add(address);
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

async function unsubscribeLink(ctx: Context, address: string): Promise<string> {
  const { uid } = await patiently(() =>
    ctx.db
      .selectFrom("subscriber")
      .select("uid")
      .where("address_index", "=", ctx.vault.index(address))
      .executeTakeFirstOrThrow(),
  );
  return `/unsubscribe/${ctx.vault.makeToken({ purpose: "unsubscribe", uid, issuedAt: ctx.clock() })}`;
}

/** One click, as a mailbox does it (RFC 8058). */
export async function leaveBy(door: Door, path: string): Promise<void> {
  const { status } = await door.ask(path, { method: "POST", form: { "List-Unsubscribe": "One-Click" } });
  if (status !== 200) throw new Error(`leaving was answered with ${status}`);
}
