import type { Context } from "../../src/context.ts";
import type { Arrival } from "./arrivals.ts";
import type { Evidence } from "./evidence.ts";

export interface ArrivalsVerdict {
  joined: number;
  /** Those who confirmed and are not subscribed, or who left and are. */
  wrongStanding: number;
  /** Those who were sent no confirmation, or more than they asked for. */
  wrongConfirmations: number;
  /** Those who were not sent exactly one welcome. */
  wrongWelcomes: number;
}

/** Who confirmed reads, and was asked once and welcomed once. */
export async function judgeArrivals(
  ctx: Context,
  { singles }: Evidence,
  arrivals: Arrival[],
): Promise<ArrivalsVerdict> {
  const stands = new Map<string, string>();
  for (const { address } of arrivals) {
    const row = await ctx.db
      .selectFrom("subscriber")
      .select("status")
      .where("address_index", "=", ctx.vault.index(address))
      .executeTakeFirst();
    stands.set(address, row?.status ?? "unknown");
  }
  const mails = (address: string, asks: boolean) =>
    (singles.get(address) ?? []).filter(({ email }) => /\/confirm\//.test(email?.text ?? "") === asks).length;
  const wrong = (is: (one: Arrival) => boolean) => arrivals.filter(is).length;
  return {
    joined: arrivals.length,
    wrongStanding: wrong(({ address, left }) => stands.get(address) !== (left ? "unsubscribed" : "active")),
    wrongConfirmations: wrong(({ address, requests }) => mails(address, true) < 1 || mails(address, true) > requests),
    // Whoever asked twice unknowingly may be told, once, that they read already.
    wrongWelcomes: wrong(
      ({ address, requests }) => mails(address, false) < 1 || mails(address, false) > Math.min(requests, 2),
    ),
  };
}
