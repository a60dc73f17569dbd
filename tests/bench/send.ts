import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { startChild } from "../support/child.ts";
import { addAudience, publishArticles } from "../support/editions.ts";
import { type Installation, startInstallation } from "../support/installation.ts";
import { spawnResendDouble } from "../support/resend-double/index.ts";
import type { LoopOrder } from "./bare-loop.ts";
import type { Benchmark, BenchOptions, Findings } from "./benchmark.ts";
import { sharesOf } from "./profile.ts";
import { startRecorder } from "./recorder.ts";
import type { SenderReport } from "./sender.ts";

/** As many hand-overs at once as the platform's workers make. */
const CONCURRENCY = 8;
const BATCH = 100;
/** Bodies that are recorded for the ceiling; a longer loop posts them again. */
const BODIES = 100;

/** The whole pipeline from the trigger to `sent`, compared with the same bytes posted by a bare loop. */
export const send: Benchmark = {
  about: "emails a second from the trigger to sent, compared with a bare loop posting the same bytes",
  subscribers: 10_000,
  run: runSend,
};

async function runSend(options: BenchOptions): Promise<Findings> {
  const { subscribers, say } = options;
  const double = await spawnResendDouble({ bench: true, keep: "counts", rateLimit: null });
  const installation = await startInstallation(options.db, options.queue, { RESEND_API_KEY: "re_bench" });
  try {
    const recorded = await record(installation.folder, Math.min(subscribers, BODIES * BATCH));
    say(`${recorded.bodies} bodies recorded, ${Math.round(recorded.bytes / recorded.bodies / 1000)} kB each`);
    const before = await prepare(installation, subscribers);
    say(`${subscribers} readers stand ready on ${options.db}`);
    const profileTo = options.profile ? join(installation.folder, "profile") : undefined;
    const sent = await sendDigest(installation, double.url, profileTo);
    if (profileTo !== undefined) await tellProfile(profileTo, say);
    const { accepted, addresses } = await double.counts();
    if (accepted !== subscribers || addresses !== subscribers) {
      throw new Error(`the double took ${accepted} messages for ${addresses} of ${subscribers} readers`);
    }
    say(`sent in ${Math.round(sent.ms)} ms`);
    await double.reset();
    const requests = Math.ceil(subscribers / BATCH);
    const bareMs = await bareLoop({ ...recorded, requests, concurrency: CONCURRENCY, url: double.url });
    return findings(options, sent, bareMs, before);
  } finally {
    await installation.close();
    await double.close();
  }
}

function findings({ subscribers, db, queue }: BenchOptions, sent: SenderReport, bareMs: number, before: number) {
  return {
    figure: (subscribers / sent.ms) * 1000,
    unit: "emails/s",
    ceiling: (subscribers / bareMs) * 1000,
    ratio: bareMs / sent.ms,
    peakRssMb: sent.peakRssMb,
    firstAcceptedMs: sent.firstAcceptedMs,
    microsecondsPerReader: (sent.ms * 1000) / subscribers,
    cpuMicrosecondsPerReader: (sent.cpuMs * 1000) / subscribers,
    databaseBytesPerReader: sent.databaseBytes / subscribers,
    databaseBytesPerDelivery: (sent.databaseBytes - before) / subscribers,
    database: db,
    queue,
  };
}

/** Fills the database and gives its bytes. */
async function prepare(installation: Installation, subscribers: number): Promise<number> {
  const ctx = await installation.open();
  try {
    await addAudience(ctx, subscribers);
    await publishArticles(ctx);
    return await ctx.engine.size(ctx.db);
  } finally {
    await ctx.close();
  }
}

async function sendDigest({ env }: Pick<Installation, "env">, url: string, profileTo?: string): Promise<SenderReport> {
  const nodeOptions = profileTo === undefined ? [] : ["--cpu-prof", `--cpu-prof-dir=${profileTo}`];
  const sender = startChild("tests/bench/sender.ts", { ...env, RESEND_BASE_URL: url }, nodeOptions);
  try {
    await sender.heard();
    const report = await sender.ask<SenderReport>("send");
    if (profileTo !== undefined) await sender.ended;
    return report;
  } finally {
    await sender.kill("SIGKILL");
  }
}

/** Where the sending process spent its time. */
async function tellProfile(folder: string, say: BenchOptions["say"]): Promise<void> {
  for (const [part, share] of await sharesOf(folder)) {
    if (share >= 0.005) say(`${(share * 100).toFixed(1).padStart(5)} %  ${part}`);
  }
}

/** Lets the same pipeline send to a recorder, from a database of its own; the bodies stay in the folder. */
async function record(folder: string, readers: number): Promise<{ folder: string; bodies: number; bytes: number }> {
  const bodies = join(folder, "bodies");
  await mkdir(bodies);
  const recorder = await startRecorder(bodies, BODIES);
  const installation = await startInstallation("sqlite", "memory", { RESEND_API_KEY: "re_bench" });
  try {
    await prepare(installation, readers);
    await sendDigest(installation, recorder.url);
  } finally {
    await installation.close();
    await recorder.close();
  }
  const files = await Promise.all((await readdir(bodies)).map((name) => stat(join(bodies, name))));
  return { folder: bodies, bodies: recorder.kept(), bytes: files.reduce((sum, file) => sum + file.size, 0) };
}

async function bareLoop(order: LoopOrder): Promise<number> {
  const loop = startChild("tests/bench/bare-loop.ts", {});
  try {
    await loop.heard();
    return (await loop.ask<{ ms: number }>(order)).ms;
  } finally {
    await loop.kill("SIGKILL");
    await rm(order.folder, { recursive: true, force: true });
  }
}
