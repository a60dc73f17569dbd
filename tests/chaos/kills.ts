import { setTimeout as pause } from "node:timers/promises";
import { Redis } from "ioredis";
import type { QueueName } from "../support/installation.ts";
import { seeded } from "../support/resend-double/random.ts";
import type { MortalServer } from "../support/services/mortal.ts";
import type { Platform } from "./platform.ts";

export type Victim = "worker" | "api" | "platform" | "redis" | "postgres";

/** What may be killed in a run. */
export interface Victims {
  platform: Platform;
  queue: QueueName;
  redis: MortalServer | null;
  postgres: MortalServer | null;
}

/** How often each is chosen, beside the others that the run has. */
const WEIGHTS: Record<Victim, number> = { platform: 5, worker: 5, api: 2, redis: 2, postgres: 2 };

/** One blow in so many comes at any moment of the new process's life, also before it does anything. */
const EARLY = 0.3;
const EARLY_MS = 1500;
const JITTER_MS = 150;
/** A server is away up to so long. */
const AWAY_MS = 500;
/** Blows fall until this share of the messages is out; then the queue is emptied once more. */
const UNTIL = 0.9;
/** The queue is emptied once more for so many kills. */
const FLUSH_EVERY = 10;

/** One thing done to the platform. */
interface Blow {
  on: Victim | "queue";
  /** Comes when this share of the messages is out; null: at once, after the last one. */
  share: number | null;
  afterMs: number;
  awayMs: number;
  which: number;
}

/** All blows of a run, from its seed alone. */
function drawBlows(kinds: Victim[], kills: number, flushes: number, seed: number): Blow[] {
  const draw = seeded(seed);
  const shares = Array.from({ length: kills + flushes }, () => draw() * UNTIL).sort((a, b) => a - b);
  const targets = Array.from({ length: kills }, (): Blow["on"] => pick(kinds, draw()));
  for (let turn = 0; turn < flushes; turn += 1) targets.splice(Math.floor(draw() * targets.length), 0, "queue");
  return shares.map((share, place) => ({
    on: targets[place] ?? "queue",
    share: draw() < EARLY ? null : share,
    afterMs: draw() * JITTER_MS,
    awayMs: draw() * AWAY_MS,
    which: draw(),
  }));
}

function pick(kinds: Victim[], at: number): Victim {
  const lots = kinds.flatMap((kind) => Array<Victim>(WEIGHTS[kind]).fill(kind));
  return lots[Math.floor(at * lots.length)] ?? "worker";
}

function kindsOf({ queue, redis, postgres }: Victims): Victim[] {
  const processes: Victim[] = queue === "memory" ? ["platform"] : ["worker", "api"];
  return [...processes, ...(redis ? (["redis"] as const) : []), ...(postgres ? (["postgres"] as const) : [])];
}

export interface Struck {
  kills: Partial<Record<Victim, number>>;
  flushes: number;
}

export interface Striking {
  kills: number;
  seed: number;
  /** Resolves when this share of the messages is out, or all ended. */
  reached(share: number): Promise<void>;
  say(line: string): void;
}

/** Kills and empties at the drawn moments. */
export async function strike(victims: Victims, { kills, seed, reached, say }: Striking): Promise<Struck> {
  const random = victims.redis ? Math.floor(kills / FLUSH_EVERY) : 0;
  const struck: Struck = { kills: {}, flushes: 0 };
  for (const { on, share, afterMs, awayMs, which } of drawBlows(kindsOf(victims), kills, random, seed)) {
    if (share === null) await pause(which * EARLY_MS);
    else await reached(share);
    await pause(afterMs);
    if (on === "queue") struck.flushes += await flush(victims.redis);
    else {
      await kill(victims, on, which, awayMs);
      struck.kills[on] = (struck.kills[on] ?? 0) + 1;
    }
    say(on === "queue" ? "the queue was emptied" : `killed: ${on}`);
  }
  await reached(UNTIL);
  struck.flushes += await flush(victims.redis);
  return struck;
}

async function kill({ platform, redis, postgres }: Victims, on: Victim, which: number, awayMs: number): Promise<void> {
  if (on === "api") return platform.killApi();
  if (on === "worker" || on === "platform") return platform.killWorker(which);
  const server = on === "redis" ? redis : postgres;
  await server?.kill();
  await pause(awayMs);
  await server?.restart();
}

async function flush(server: MortalServer | null): Promise<number> {
  if (!server) return 0;
  const redis = new Redis(server.url);
  await redis.flushall();
  redis.disconnect();
  return 1;
}
