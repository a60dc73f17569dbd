import type { Context } from "../../src/context.ts";
import { getDigest } from "../../src/digests/index.ts";

/** What became of everyone, by the provider's record and by the rows. */
export interface Verdict {
  /** Readers who are owed a message and whose address the provider never took one for. */
  lost: number;
  /** Addresses that the provider took more than one message for. */
  duplicated: number;
  /** Readers whose row says that nothing was sent to them, and whose address the provider took a message for. */
  denied: number;
  accepted: number;
  status: string;
  candidates: number;
  deliveries: number;
  excluded: number;
  skipped: number;
  /** Counters that differ from the rows they count. */
  wrongCounters: string[];
  /** Batches that are neither settled nor split. */
  openBatches: number;
}

/** Holds the provider's record against the database; `taken` is how many messages it took for an address. */
export async function judge(ctx: Context, uid: string, taken: ReadonlyMap<string, number>): Promise<Verdict> {
  const { status, counts } = await getDigest(ctx, uid);
  const readers = await readersOf(ctx, uid);
  const rows = countBy(readers.flatMap((reader) => reader.delivery ?? []));
  const of = (reader: Reader) => taken.get(reader.address) ?? 0;
  return {
    lost: readers.filter((reader) => isOwed(reader) && of(reader) === 0).length,
    duplicated: [...taken.values()].filter((count) => count > 1).length,
    denied: readers.filter((reader) => !isOwed(reader) && of(reader) > 0).length,
    accepted: [...taken.values()].reduce((sum, count) => sum + count, 0),
    status,
    candidates: counts.candidates,
    deliveries: readers.filter((reader) => reader.delivery !== null).length,
    excluded: Object.values(counts.excluded).reduce((sum, count) => sum + count, 0),
    skipped: rows.get("skipped") ?? 0,
    wrongCounters: COUNTED.filter((status) => counts[status] !== (rows.get(status) ?? 0)),
    openBatches: await openBatches(ctx, uid),
  };
}

interface Reader {
  address: string;
  active: boolean;
  /** What the row of their delivery says; null: there is none. */
  delivery: string | null;
}

/**
 * Everyone who was there from the start and stayed is owed a message, and of those who left the ones whose batch was
 * frozen before.
 */
function isOwed({ address, active, delivery }: Reader): boolean {
  if (delivery === "failed" || !address.startsWith("reader")) return false;
  return active || (delivery !== null && delivery !== "skipped");
}

async function readersOf(ctx: Context, uid: string): Promise<Reader[]> {
  const { id } = await ctx.db.selectFrom("digest").select("id").where("uid", "=", uid).executeTakeFirstOrThrow();
  const rows = await ctx.db
    .selectFrom("subscriber")
    .leftJoin("delivery", (join) =>
      join.onRef("delivery.subscriber_id", "=", "subscriber.id").on("delivery.digest_id", "=", id),
    )
    .select(["subscriber.address", "subscriber.status", "delivery.status as delivery"])
    .execute();
  return rows.map(({ address, status, delivery }) => ({
    address: address ? ctx.vault.open(address) : "",
    active: status === "active",
    delivery,
  }));
}

function countBy(values: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return counts;
}

const COUNTED = ["queued", "submitted", "delivered", "bounced", "complained", "failed", "unknown", "skipped"] as const;

async function openBatches(ctx: Context, uid: string): Promise<number> {
  const { count } = await ctx.db
    .selectFrom("batch")
    .innerJoin("digest", "digest.id", "batch.digest_id")
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .where("digest.uid", "=", uid)
    .where("batch.status", "not in", ["settled", "split"])
    .executeTakeFirstOrThrow();
  return Number(count);
}
