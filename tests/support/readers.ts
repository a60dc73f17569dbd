import type { Context } from "../../src/context.ts";
import type { Cadence, SubscriberStatus } from "../../src/subscribers/words.ts";
import { packTopics } from "../../src/topics/index.ts";

export interface ReaderOptions {
  status?: SubscriberStatus;
  topics?: string[];
  cadence?: Cadence;
  timezone?: string;
  locale?: string;
  watermark?: number;
  discreet?: 0 | 1;
  pausedUntil?: number | null;
}

/** Puts readers straight into the table, for tests that are about what comes after. Gives their ids in order. */
export async function addReaders(ctx: Context, addresses: string[], options: ReaderOptions = {}): Promise<number[]> {
  const ids: number[] = [];
  for (let place = 0; place < addresses.length; place += 500) {
    const rows = addresses.slice(place, place + 500).map((address) => ({
      uid: ctx.newId(),
      status: options.status ?? "active",
      address: ctx.vault.seal(address),
      address_index: ctx.vault.index(address),
      topics: packTopics(options.topics ?? []),
      cadence: options.cadence ?? "weekly",
      timezone: options.timezone ?? "UTC",
      locale: options.locale ?? "en",
      discreet: options.discreet ?? 0,
      watermark: options.watermark ?? 0,
      paused_until: options.pausedUntil ?? null,
      created_at: ctx.clock(),
      confirmed_at: ctx.clock(),
    }));
    const inserted = await ctx.db.insertInto("subscriber").values(rows).returning("id").execute();
    ids.push(...inserted.map((row) => row.id));
  }
  return ids;
}

/** `reader1@example.org` and so on. */
export function manyAddresses(count: number): string[] {
  return Array.from({ length: count }, (_, place) => `reader${place + 1}@example.org`);
}
