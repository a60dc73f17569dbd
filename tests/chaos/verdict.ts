import type { Context } from "../../src/context.ts";
import type { Cast } from "./cast.ts";

/** What became of everyone, by the provider's record and by the rows. */
export interface Verdict {
  /** Readers who are owed a message and whose address the provider never took one for. */
  lost: number;
  /** Addresses that the provider took more than one message for. */
  duplicated: number;
  /** Addresses that the provider took a message for though they had left, were suppressed or paused, or came later. */
  uncalledFor: number;
  accepted: number;
  status: string;
  candidates: number;
  deliveries: number;
  excluded: number;
  skipped: number;
  /** Counters of any digest that differ from the rows they count. */
  wrongCounters: string[];
  splitBatches: number;
  /** Batches that are neither settled nor split. */
  openBatches: number;
  leases: number;
  /** Batches whose frozen addresses nobody let go of. */
  frozenAddresses: number;
  /** Deliveries of unknown outcome. */
  unknown: number;
}

/** Who was to be told what: by the cast, and by the clock of the rows. */
interface Told {
  cast: Cast;
  /** Messages of the digest that the provider took for an address. */
  letters: ReadonlyMap<string, number>;
}

/** Holds the provider's record against the database, by queries of its own. */
export async function judge(ctx: Context, uid: string, { cast, letters }: Told): Promise<Verdict> {
  const readers = await readersOf(ctx, uid);
  const taken = (reader: Reader) => letters.get(reader.address) ?? 0;
  return {
    lost: readers.filter((reader) => isOwed(reader, cast) && taken(reader) === 0).length,
    duplicated: [...letters.values()].filter((count) => count > 1).length,
    uncalledFor: readers.filter((reader) => !mayHave(reader, cast) && taken(reader) > 0).length,
    accepted: [...letters.values()].reduce((sum, count) => sum + count, 0),
    ...(await countRows(ctx, uid)),
    skipped: readers.filter((reader) => reader.delivery === "skipped").length,
    wrongCounters: await wrongCounters(ctx),
    ...(await leftBehind(ctx)),
  };
}

interface Reader {
  address: string;
  leftAt: number | null;
  /** By their own will: who bounced or complained had been sent something. */
  left: boolean;
  /** What the row of their delivery says; null: there is none. */
  delivery: string | null;
  frozenAt: number | null;
}

/** Everyone who was reading from the start and stayed, and of those who left the ones whose batch was frozen before. */
function isOwed(reader: Reader, cast: Cast): boolean {
  if (cast.readers.get(reader.address) !== "reading" || cast.behaviour(reader.address) === "refused") return false;
  return !reader.left || (reader.delivery !== null && reader.delivery !== "skipped");
}

/** Clocks are read before rows are: what happens in the same moment has no order. */
const SAME_MOMENT_MS = 1_000;

function mayHave(reader: Reader, cast: Cast): boolean {
  if (cast.readers.get(reader.address) !== "reading" || cast.behaviour(reader.address) === "refused") return false;
  if (!reader.left) return true;
  if (reader.delivery === null || reader.delivery === "skipped" || reader.frozenAt === null) return false;
  return (reader.leftAt ?? 0) + SAME_MOMENT_MS >= reader.frozenAt;
}

/** How a digest accounts for everyone. */
export async function countRows(ctx: Context, uid: string) {
  const digest = await digestOf(ctx, uid);
  const { count } = await ctx.db
    .selectFrom("delivery")
    .where("digest_id", "=", digest.id)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  const excluded = await ctx.db
    .selectFrom("digest_exclusion")
    .select("count")
    .where("digest_id", "=", digest.id)
    .execute();
  return {
    status: digest.status as string,
    candidates: digest.candidates,
    deliveries: Number(count),
    excluded: excluded.reduce((sum, row) => sum + row.count, 0),
  };
}

function digestOf(ctx: Context, uid: string) {
  return ctx.db
    .selectFrom("digest")
    .select(["id", "status", "candidates"])
    .where("uid", "=", uid)
    .executeTakeFirstOrThrow();
}

async function readersOf(ctx: Context, uid: string): Promise<Reader[]> {
  const { id: digestId } = await digestOf(ctx, uid);
  const rows = await ctx.db
    .selectFrom("subscriber")
    .leftJoin("delivery", (join) =>
      join.onRef("delivery.subscriber_id", "=", "subscriber.id").on("delivery.digest_id", "=", digestId),
    )
    .leftJoin("batch", "batch.id", "delivery.batch_id")
    .select(["subscriber.address", "subscriber.status", "subscriber.left_at"])
    .select(["delivery.status as delivery", "batch.frozen_at"])
    .execute();
  return rows.map(({ address, status, left_at, delivery, frozen_at }) => ({
    address: address ? ctx.vault.open(address) : "",
    left: status === "unsubscribed",
    leftAt: left_at,
    delivery,
    frozenAt: frozen_at,
  }));
}

/** Of every digest: what its counters say and its rows do not, or the other way round. */
async function wrongCounters(ctx: Context): Promise<string[]> {
  const said = await ctx.db.selectFrom("digest_tally").selectAll().where("count", "!=", 0).execute();
  const counted = await ctx.db
    .selectFrom("delivery")
    .select((eb) => ["digest_id", "status", eb.fn.countAll<number>().as("count")])
    .where("digest_id", "is not", null)
    .groupBy(["digest_id", "status"])
    .execute();
  const lines = (rows: { digest_id: number | null; status: string; count: number }[]) =>
    new Set(rows.map(({ digest_id, status, count }) => `${digest_id} ${status} ${Number(count)}`));
  const [tallied, stored] = [lines(said), lines(counted)];
  const without = (some: Set<string>, others: Set<string>) => [...some].filter((line) => !others.has(line));
  return [...without(tallied, stored), ...without(stored, tallied)];
}

async function leftBehind(ctx: Context) {
  const batches = await ctx.db.selectFrom("batch").select(["status", "lease_until"]).execute();
  const deliveries = await ctx.db.selectFrom("delivery").select("status").execute();
  const frozen = await ctx.db.selectFrom("frozen_batch").select("batch_id").execute();
  return {
    splitBatches: batches.filter(({ status }) => status === "split").length,
    openBatches: batches.filter(({ status }) => !["settled", "split"].includes(status)).length,
    leases: batches.filter(({ lease_until }) => lease_until !== null).length,
    frozenAddresses: frozen.length,
    unknown: deliveries.filter(({ status }) => status === "unknown").length,
  };
}
