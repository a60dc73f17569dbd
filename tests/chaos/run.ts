import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Context } from "../../src/context.ts";
import { draftDigest, listDigestReports, sendDigest } from "../../src/digests/index.ts";
import { addAudience, publishArticles } from "../support/editions.ts";
import { type DatabaseName, type QueueName, startInstallation } from "../support/installation.ts";
import { type Accepted, type RandomFaults, spawnResendDouble } from "../support/resend-double/index.ts";
import { seeded } from "../support/resend-double/random.ts";
import type { RemoteDouble } from "../support/resend-double/spawn.ts";
import { correctMidway } from "./correction.ts";
import { type CorrectionVerdict, judgeCorrection, readRecord } from "./correction-verdict.ts";
import { startDepartures } from "./departures.ts";
import { judge, type Verdict } from "./verdict.ts";
import { keepWorking, type Worker } from "./worker.ts";

export interface ChaosOptions {
  subscribers: number;
  kills: number;
  seed: number;
  db: DatabaseName;
  queue: QueueName;
  faults: RandomFaults;
  /** Readers who leave while the digest goes out. */
  leaving: number;
  /** Whether an article of the digest turns out to be wrong while it goes out. */
  correct: boolean;
  /** The run is given up after so long. */
  withinMs: number;
  say: (line: string) => void;
}

export interface ChaosReport extends Verdict {
  kills: number;
  flushes: number;
  left: number;
  requests: number;
  ms: number;
  /** Null when nothing was corrected. */
  correction: CorrectionVerdict | null;
}

/** Some of those whom the provider refuses to write to, so that batches split; they are told nothing and owed nothing. */
const REFUSED = "^reader(77|1234)@";

/** Sends one digest while its worker is killed and the provider misbehaves, and holds both records together after. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const double = await spawnResendDouble({
    rateLimit: null,
    keep: options.correct ? "text" : "counts",
    seed: options.seed,
  });
  const installation = await startInstallation(options.db, options.queue, {
    RESEND_API_KEY: "re_chaos",
    RESEND_BASE_URL: double.url,
    SEND_TIMEOUT_SECONDS: "1",
    LOG_LEVEL: "fatal",
  });
  try {
    await double.faults({ random: options.faults });
    const ctx = await installation.open();
    try {
      return await disturb(ctx, double, installation.env, options);
    } finally {
      await ctx.close();
    }
  } finally {
    await installation.close();
    await double.close();
  }
}

async function disturb(ctx: Context, double: RemoteDouble, env: Record<string, string>, options: ChaosOptions) {
  const { subscribers, seed, leaving, say } = options;
  await addAudience(ctx, subscribers);
  if (options.correct) await double.change({ addresses: [{ match: REFUSED, as: "refused" }] });
  await publishArticles(ctx);
  const { uid } = await draftDigest(ctx, {});
  await sendDigest(ctx, uid);
  const start = performance.now();
  const worker = await keepWorking(env, options.queue);
  const departures = startDepartures(ctx, { count: leaving, of: subscribers, draw: seeded(seed + 1) });
  try {
    const scene = { ctx, double, worker, uid, env, options };
    const correcting = correctAtRandom(scene);
    const done = await killAtRandom(scene);
    const notices = await correcting;
    await until(ctx, options.withinMs - (performance.now() - start));
    const left = await departures.stop();
    const { requests } = await double.counts();
    say(`sent after ${Math.round((performance.now() - start) / 1000)} s and ${requests} requests`);
    return { ...(await verdict(scene, notices)), ...done, left, requests, ms: performance.now() - start };
  } finally {
    await departures.stop();
    await worker.stop();
  }
}

/** The digest's letters against its rows, and the notices of its correction against what the letters said. */
async function verdict({ ctx, double, uid }: Scene, notices: string | null) {
  if (notices === null) return { ...(await judge(ctx, uid, await recordOf(double))), correction: null };
  const messages: Accepted[] = [];
  for await (const message of double.messages()) messages.push(message);
  const told = readRecord(messages);
  return { ...(await judge(ctx, uid, told.letters)), correction: await judgeCorrection(ctx, notices, told) };
}

/** The mistake is found between these shares of the digest. */
const FOUND_FROM = 0.02;
const FOUND_TO = 0.3;

/** Gives the id of the digest that carries the notices; null when nothing is to be corrected. */
function correctAtRandom(scene: Scene): Promise<string | null> {
  const { ctx, env, worker, options } = scene;
  if (!options.correct) return Promise.resolve(null);
  const share = FOUND_FROM + seeded(options.seed + 2)() * (FOUND_TO - FOUND_FROM);
  const moment = reached(scene, share * options.subscribers);
  const correcting = correctMidway({ ctx, env, queue: options.queue, port: worker.port, moment, say: options.say });
  // Whoever awaits it hears of the error; it must not end the process before.
  correcting.catch(() => undefined);
  return correcting;
}

interface Scene {
  ctx: Context;
  double: RemoteDouble;
  worker: Worker;
  uid: string;
  env: Record<string, string>;
  options: ChaosOptions;
}

/** One kill in so many comes at any moment of the new process's life, also before it does anything. */
const EARLY = 0.3;
const EARLY_MS = 1500;
const JITTER_MS = 150;
/** The queue is emptied when this share of the messages is out. */
const FLUSH_AT = 0.9;

/** Kills the worker as the send goes on, at moments drawn over the whole of it, and empties the queue once near the end. */
async function killAtRandom(scene: Scene): Promise<{ kills: number; flushes: number }> {
  const { worker, options } = scene;
  const draw = seeded(options.seed);
  const moments = Array.from({ length: options.kills }, () => draw() * FLUSH_AT * options.subscribers);
  let kills = 0;
  for (const accepted of moments.sort((a, b) => a - b)) {
    if (draw() < EARLY) await pause(draw() * EARLY_MS);
    else await reached(scene, accepted);
    await pause(draw() * JITTER_MS);
    await worker.killAndRestart();
    kills += 1;
    options.say(`kill ${kills} with ${(await scene.double.counts()).accepted} accepted`);
  }
  await reached(scene, FLUSH_AT * options.subscribers);
  return { kills, flushes: await flush(scene) };
}

/** Waits until the provider took so many messages, or all that was started ended. */
async function reached({ ctx, double, options }: Scene, accepted: number): Promise<void> {
  const deadline = Date.now() + options.withinMs;
  for (let turn = 0; Date.now() < deadline; turn += 1) {
    if ((await double.counts()).accepted >= accepted) return;
    if (turn % 10 === 9 && !(await sending(ctx))) return;
    await pause(20);
  }
}

async function flush({ env, options }: Scene): Promise<number> {
  if (options.queue !== "redis" || !env.QUEUE_URL) return 0;
  const redis = new Redis(env.QUEUE_URL);
  await redis.flushall();
  redis.disconnect();
  options.say("the queue was emptied");
  return 1;
}

async function until(ctx: Context, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline && (await sending(ctx))) await pause(100);
}

/** Whether any digest is still going out. */
async function sending(ctx: Context): Promise<boolean> {
  return (await listDigestReports(ctx, { status: "sending", limit: 1 })).digests.length > 0;
}

async function recordOf(double: RemoteDouble): Promise<Map<string, number>> {
  const taken = new Map<string, number>();
  for await (const [address, count] of double.perAddress()) taken.set(address, count);
  return taken;
}
