import { type Kysely, sql } from "kysely";
import type { Context } from "../../src/context.ts";
import type { Tables } from "../../src/db/database.ts";
import { draftDigest, getDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import { addAudience, publishArticles } from "../support/editions.ts";
import { startInstallation } from "../support/installation.ts";
import { type Benchmark, type BenchOptions, type Findings, peakRssMb, timed } from "./benchmark.ts";

/** Deciding an audience, compared with the database writing the same delivery rows and nothing else. */
export const plan: Benchmark = {
  about: "readers decided a second, compared with a bare INSERT … SELECT of the same delivery rows",
  subscribers: 100_000,
  run: runPlan,
};

async function runPlan({ subscribers, db, say }: BenchOptions): Promise<Findings> {
  const installation = await startInstallation(db, "memory");
  const ctx = await installation.open();
  try {
    await addAudience(ctx, subscribers);
    await publishArticles(ctx);
    say(`${subscribers} readers stand ready`);
    const before = await ctx.engine.size(ctx.db);
    const digest = await draftDigest(ctx, {});
    await sendDigest(ctx, digest.uid);
    const planMs = await timed(() => planDigest(ctx, digest.id));
    const { counts } = await getDigest(ctx, digest.uid);
    if (counts.queued !== subscribers) throw new Error(`${counts.queued} of ${subscribers} readers were planned`);
    const bytes = (await ctx.engine.size(ctx.db)) - before;
    const bareMs = await bareInsert(ctx, digest.id);
    return {
      figure: (subscribers / planMs) * 1000,
      unit: "readers/s",
      ceiling: (subscribers / bareMs) * 1000,
      ratio: bareMs / planMs,
      timesTheBareInsert: planMs / bareMs,
      peakRssMb: peakRssMb(),
      databaseBytesPerReader: bytes / subscribers,
      database: db,
    };
  } finally {
    await ctx.close();
    await installation.close();
  }
}

/** The same rows again for another digest, in one statement, into the same table with the same indexes. */
async function bareInsert(ctx: Context, digestId: number): Promise<number> {
  const other = await draftDigest(ctx, { events: [1] });
  return timed(() => copyDeliveries(ctx.db, digestId, other.id));
}

function copyDeliveries(db: Kysely<Tables>, from: number, to: number) {
  return sql`
    insert into delivery (digest_id, subscriber_id, variant_id, batch_id, status)
    select cast(${to} as bigint), subscriber_id, variant_id, batch_id, status
    from delivery where digest_id = ${from} order by id`.execute(db);
}
