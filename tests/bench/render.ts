import type { Context } from "../../src/context.ts";
import { fill } from "../../src/delivery/merge.ts";
import { cutVariants, merge } from "../../src/delivery/variants.ts";
import { draftDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import { addAudience, addressOf, publishArticles } from "../support/editions.ts";
import { startInstallation } from "../support/installation.ts";
import { subsetCosts } from "./assemble.ts";
import { type Benchmark, type BenchOptions, type Findings, peakRssMb, percentile } from "./benchmark.ts";
import { countCalls } from "./count-calls.ts";

/** How often anything of a digest is rendered for an audience, and what one more subset and one more reader cost. */
export const render: Benchmark = {
  about: "renders a digest costs, and microseconds to put a subset together and to merge one reader's links into it",
  subscribers: 10_000,
  run: runRender,
};

async function runRender({ subscribers, db, say }: BenchOptions): Promise<Findings> {
  const few = Math.max(1, Math.floor(subscribers / 10));
  const small = await plannedRenders(few, db);
  say(`${small.renders} renders of ${small.variants} variants for ${few} readers`);
  const large = await plannedRenders(subscribers, db, mergeCosts);
  say(`${large.renders} renders of ${large.variants} variants for ${subscribers} readers`);
  const { mergeUs, bareUs, bytes } = large.more;
  return {
    figure: mergeUs,
    unit: "µs a reader to merge",
    ceiling: bareUs,
    ratio: bareUs / mergeUs,
    peakRssMb: peakRssMb(),
    renders: large.renders,
    variants: large.variants,
    rendersPerVariant: large.renders / large.variants,
    rendersForATenth: small.renders,
    messageBytes: bytes,
    ...(await subsetCosts()),
  };
}

async function plannedRenders<T>(
  readers: number,
  db: BenchOptions["db"],
  then?: (ctx: Context, variants: number[], readers: number) => Promise<T>,
) {
  const installation = await startInstallation(db, "memory");
  const ctx = await installation.open();
  try {
    await addAudience(ctx, readers);
    await publishArticles(ctx);
    const digest = await draftDigest(ctx, {});
    await sendDigest(ctx, digest.uid);
    const renders = await countCalls("Seams", "/emails/_digest/plates.tsx", () => planDigest(ctx, digest.id));
    const rows = await ctx.db.selectFrom("variant").select("id").where("digest_id", "=", digest.id).execute();
    const ids = rows.map((row) => row.id);
    return { renders, variants: ids.length, more: (await then?.(ctx, ids, readers)) as T };
  } finally {
    await ctx.close();
    await installation.close();
  }
}

/** Readers merged between two looks at the clock; the middle look is the figure, whatever else the machine does. */
const ROUND = 500;

/**
 * What merging costs with everything it needs: the address opened, both tokens made. Compared with the same strings put
 * together from a token that costs nothing.
 */
async function mergeCosts(ctx: Context, variantIds: number[], readers: number) {
  const cut = [...(await cutVariants(ctx, variantIds)).values()];
  const sealed = Array.from({ length: ROUND }, (_, place) => ctx.vault.seal(addressOf(place + 1)));
  const uids = sealed.map(() => ctx.newId());
  const issuedAt = ctx.clock();
  let bytes = 0;
  const mergeUs = middleOf(readers, (place) => {
    const [variant, address, uid = ""] = [cut[place % cut.length], sealed[place % ROUND], uids[place % ROUND]];
    if (!variant || !address) return;
    const { html, text } = merge(variant, {
      address: ctx.vault.open(address),
      tags: { digest: uid, delivery: `d${place}` },
      messageId: `<${place}@example.org>`,
      token: (purpose) => ctx.vault.makeToken({ purpose, uid, issuedAt }, ctx.vault.tokenKeyId),
    });
    bytes += html.length + text.length;
  });
  const bareUs = middleOf(readers, (place) => {
    const variant = cut[place % cut.length];
    if (variant) fill(variant.html, () => "x") + fill(variant.text, () => "x");
  });
  return { mergeUs, bareUs, bytes: bytes / readers };
}

/** Microseconds that one call takes in the middle round of all. */
function middleOf(calls: number, call: (place: number) => void): number {
  const rounds: number[] = [];
  for (let from = 0; from < calls; from += ROUND) {
    const upto = Math.min(calls, from + ROUND);
    const start = performance.now();
    for (let place = from; place < upto; place += 1) call(place);
    rounds.push(((performance.now() - start) * 1000) / (upto - from));
  }
  return percentile(rounds, 0.5);
}
