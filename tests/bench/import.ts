import type { Insertable } from "kysely";
import type { Context } from "../../src/context.ts";
import { importSubscribers } from "../../src/subscribers/index.ts";
import type { SubscriberTable } from "../../src/subscribers/table.ts";
import { addressOf } from "../support/editions.ts";
import { startInstallation } from "../support/installation.ts";
import { type Benchmark, type BenchOptions, type Findings, peakRssMb, timed } from "./benchmark.ts";

const HEADER = "email,topics,cadence,timezone,locale,confirmed_at,consent_source\n";
/** Rows in one statement and one transaction, as the import writes them. */
const PAGE = 500;

/** Reading, checking, encrypting and writing a list, compared with writing rows that stand ready. */
export const importing: Benchmark = {
  about: "lines of CSV imported a second, compared with bare multi-row inserts of rows that stand ready",
  subscribers: 50_000,
  run: runImport,
};

async function runImport({ subscribers, db }: BenchOptions): Promise<Findings> {
  const whole = await onFreshDatabase(db, async (ctx) => {
    const before = await ctx.engine.size(ctx.db);
    const ms = await timed(async () => {
      const { imported, refused } = await importSubscribers(ctx, csv(subscribers));
      if (imported !== subscribers) throw new Error(`${imported} lines were imported, ${refused} refused`);
    });
    return { ms, bytes: (await ctx.engine.size(ctx.db)) - before, rss: peakRssMb() };
  });
  const bareMs = await onFreshDatabase(db, (ctx) => bareInserts(ctx, subscribers));
  return {
    figure: (subscribers / whole.ms) * 1000,
    unit: "lines/s",
    ceiling: (subscribers / bareMs) * 1000,
    ratio: bareMs / whole.ms,
    peakRssMb: whole.rss,
    databaseBytesPerReader: whole.bytes / subscribers,
    database: db,
  };
}

async function onFreshDatabase<T>(db: BenchOptions["db"], work: (ctx: Context) => Promise<T>): Promise<T> {
  const installation = await startInstallation(db, "memory");
  const ctx = await installation.open();
  try {
    return await work(ctx);
  } finally {
    await ctx.close();
    await installation.close();
  }
}

function* csv(lines: number): Generator<string> {
  yield HEADER;
  for (let place = 1; place <= lines; place += 1) {
    yield `${addressOf(place)},depression;anxiety,weekly,Europe/Madrid,en,2025-03-04T10:00:00Z,former list\n`;
  }
}

async function bareInserts(ctx: Context, lines: number): Promise<number> {
  const rows = Array.from({ length: lines }, (_, place) => readyRow(ctx, addressOf(place + 1)));
  return timed(async () => {
    for (let from = 0; from < lines; from += PAGE) {
      const page = rows.slice(from, from + PAGE);
      await ctx.db.transaction().execute((tx) => tx.insertInto("subscriber").values(page).execute());
    }
  });
}

function readyRow(ctx: Context, address: string): Insertable<SubscriberTable> {
  return {
    uid: ctx.newId(),
    status: "active",
    address: ctx.vault.seal(address),
    address_index: ctx.vault.index(address),
    topics: ",anxiety,depression,",
    cadence: "weekly",
    timezone: "Europe/Madrid",
    locale: "en",
    source: "former list",
    created_at: ctx.clock(),
    confirmed_at: ctx.clock(),
  };
}
