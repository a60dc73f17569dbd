import { Hono } from "hono";
import { createApp } from "../../src/app.ts";
import type { Context } from "../../src/context.ts";
import { draftDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import { addAudience, publishArticles } from "../support/editions.ts";
import { startInstallation } from "../support/installation.ts";
import { type Benchmark, type BenchOptions, type Findings, peakRssMb, percentile } from "./benchmark.ts";

const ASKS = 500;
const WARM_UP = 50;

/** What an editor waits for while a digest goes out, compared with a route that reads one row by its key. */
export const admin: Benchmark = {
  about: "milliseconds until an editor sees a digest's state or a page of readers, compared with a one-row route",
  subscribers: 50_000,
  run: runAdmin,
};

async function runAdmin({ subscribers, db, say }: BenchOptions): Promise<Findings> {
  const installation = await startInstallation(db, "memory");
  const ctx = await installation.open();
  try {
    const uid = await sending(ctx, subscribers);
    say(`a digest for ${subscribers} readers is under way`);
    const app = createApp(ctx);
    const headers = { authorization: `Bearer ${installation.env.ADMIN_API_KEY}` };
    const ask = async (path: string) => readJson(await app.request(path, { headers }));
    const digest = await waits(() => ask(`/api/v1/digests/${uid}`));
    const pages = await waits(pager(ask, "/api/v1/subscribers?limit=100"));
    const ledger = await waits(pager(ask, `/api/v1/digests/${uid}/deliveries?limit=100`));
    const bare = bareRoute(ctx, uid);
    const ceiling = await waits(async () => readJson(await bare.request("/")));
    return {
      figure: percentile(digest, 0.99),
      unit: "ms, p99 of a digest's state",
      ceiling: percentile(ceiling, 0.99),
      ratio: percentile(ceiling, 0.99) / percentile(digest, 0.99),
      peakRssMb: peakRssMb(),
      digestP50Ms: percentile(digest, 0.5),
      subscribersP50Ms: percentile(pages, 0.5),
      subscribersP99Ms: percentile(pages, 0.99),
      deliveriesP50Ms: percentile(ledger, 0.5),
      deliveriesP99Ms: percentile(ledger, 0.99),
      database: db,
    };
  } finally {
    await ctx.close();
    await installation.close();
  }
}

/** A planned digest of which nothing has been handed over yet. */
async function sending(ctx: Context, subscribers: number): Promise<string> {
  await addAudience(ctx, subscribers);
  await publishArticles(ctx);
  const digest = await draftDigest(ctx, {});
  await sendDigest(ctx, digest.uid);
  await planDigest(ctx, digest.id);
  return digest.uid;
}

async function readJson(response: Response): Promise<{ next?: string | null }> {
  if (response.status !== 200) throw new Error(`the API answered ${response.status}`);
  return (await response.json()) as { next?: string | null };
}

/** Goes from page to page, and from the last one to the first. */
function pager(ask: (path: string) => Promise<{ next?: string | null }>, path: string): () => Promise<unknown> {
  let next: string | null = null;
  return async () => {
    const page: { next?: string | null } = await ask(next === null ? path : `${path}&cursor=${next}`);
    next = page.next ?? null;
  };
}

/** How long each of many asks took, milliseconds. */
async function waits(ask: () => Promise<unknown>): Promise<number[]> {
  for (let turn = 0; turn < WARM_UP; turn += 1) await ask();
  const times: number[] = [];
  for (let turn = 0; turn < ASKS; turn += 1) {
    const start = performance.now();
    await ask();
    times.push(performance.now() - start);
  }
  return times;
}

function bareRoute(ctx: Context, uid: string): Hono {
  return new Hono().get("/", async (c) => {
    const row = await ctx.db.selectFrom("digest").selectAll().where("uid", "=", uid).executeTakeFirstOrThrow();
    return c.json(row);
  });
}
