import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import type { Context } from "../../src/context.ts";
import { draftDigest, getDigest, sendDigest } from "../../src/digests/index.ts";
import { addAudience, publishArticles } from "../support/editions.ts";
import { type DatabaseName, type QueueName, startInstallation } from "../support/installation.ts";
import { type RandomFaults, spawnResendDouble } from "../support/resend-double/index.ts";
import { seeded } from "../support/resend-double/random.ts";
import type { RemoteDouble } from "../support/resend-double/spawn.ts";
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
}

/** Sends one digest while its worker is killed and the provider misbehaves, and holds both records together after. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const double = await spawnResendDouble({ rateLimit: null, keep: "counts", seed: options.seed });
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
  await publishArticles(ctx);
  const { uid } = await draftDigest(ctx, {});
  await sendDigest(ctx, uid);
  const start = performance.now();
  const worker = await keepWorking(env, options.queue);
  const departures = startDepartures(ctx, { count: leaving, of: subscribers, draw: seeded(seed + 1) });
  try {
    const done = await killAtRandom({ ctx, double, worker, uid, env, options });
    await until(ctx, uid, options.withinMs - (performance.now() - start));
    const left = await departures.stop();
    const taken = await recordOf(double);
    const { requests } = await double.counts();
    say(`sent after ${Math.round((performance.now() - start) / 1000)} s and ${requests} requests`);
    return { ...(await judge(ctx, uid, taken)), ...done, left, requests, ms: performance.now() - start };
  } finally {
    await departures.stop();
    await worker.stop();
  }
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

/** Waits until the provider took so many messages, or the digest ended. */
async function reached({ ctx, double, uid, options }: Scene, accepted: number): Promise<void> {
  const deadline = Date.now() + options.withinMs;
  for (let turn = 0; Date.now() < deadline; turn += 1) {
    if ((await double.counts()).accepted >= accepted) return;
    if (turn % 10 === 9 && (await getDigest(ctx, uid)).status !== "sending") return;
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

async function until(ctx: Context, uid: string, withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (Date.now() < deadline && (await getDigest(ctx, uid)).status === "sending") await pause(100);
}

async function recordOf(double: RemoteDouble): Promise<Map<string, number>> {
  const taken = new Map<string, number>();
  for await (const [address, count] of double.perAddress()) taken.set(address, count);
  return taken;
}
