import { setTimeout as pause } from "node:timers/promises";
import { pino } from "pino";
import type { Context } from "../../src/context.ts";
import { draftDigest, sendDigest } from "../../src/digests/index.ts";
import { addAudience, publishArticles } from "../support/editions.ts";
import { type DatabaseName, type QueueName, startInstallation } from "../support/installation.ts";
import { type Accepted, type RandomFaults, spawnResendDouble } from "../support/resend-double/index.ts";
import { seeded } from "../support/resend-double/random.ts";
import type { RemoteDouble } from "../support/resend-double/spawn.ts";
import type { NoticeCounts } from "../support/resend-double/webhooks.ts";
import type { MortalServer } from "../support/services/mortal.ts";
import { startMortalPostgres } from "../support/services/postgres.ts";
import { startMortalRedis } from "../support/services/redis.ts";
import { freePort } from "../support/services/server.ts";
import { type Arrivals, startArrivals } from "./arrivals.ts";
import { type ArrivalsVerdict, judgeArrivals } from "./arrivals-verdict.ts";
import { type Cast, drawCast, placeCast } from "./cast.ts";
import { correctMidway } from "./correction.ts";
import { type CorrectionVerdict, judgeCorrection, readRecord } from "./correction-verdict.ts";
import { type Departures, startDepartures } from "./departures.ts";
import { type Door, openDoor } from "./door.ts";
import { readEvidence } from "./evidence.ts";
import { type Striking, type Struck, strike, type Victims } from "./kills.ts";
import { judgeNotices, type OracleVerdict } from "./oracle.ts";
import { patiently } from "./patience.ts";
import { startPlatform } from "./platform.ts";
import { type Unrest, untilQuiet } from "./quiet.ts";
import { judge, type Verdict } from "./verdict.ts";

export interface ChaosOptions {
  subscribers: number;
  kills: number;
  seed: number;
  db: DatabaseName;
  queue: QueueName;
  faults: RandomFaults;
  /** Readers who leave while the digest goes out. */
  leaving: number;
  /** Readers who come meanwhile. */
  joining: number;
  /** Whether an article of the digest turns out to be wrong while it goes out. */
  correct: boolean;
  /** Where the platform that runs was built. */
  root: string;
  /** The run is given up after so long. */
  withinMs: number;
  say: (line: string) => void;
}

export interface ChaosReport extends Verdict, OracleVerdict, ArrivalsVerdict, Struck {
  /** What was still under way when it was judged. */
  unrest: Unrest;
  left: number;
  /** How often a process ended that nobody had killed, as when it found no database. */
  endedAlone: number;
  requests: number;
  /** Requests that met a fault, by its name. */
  faults: Record<string, number>;
  notices: NoticeCounts;
  /** Messages of one delivery after the first. */
  repeated: number;
  ms: number;
  /** Null when nothing was corrected. */
  correction: CorrectionVerdict | null;
}

const SECRET = "whsec_Y2hhb3MgY2hhb3MgY2hhb3MgY2hhb3M=";
/** As Svix does it, in seconds instead of hours. */
const RETRY_MS = [50, 200, 500, 1000, 1000, 2000, 2000, 3000, 3000, 5000, 5000, 5000, 10_000, 10_000];

/** One run: what is in it, and who is. */
interface Scene {
  ctx: Context;
  door: Door;
  double: RemoteDouble;
  uid: string;
  cast: Cast;
  victims: Victims;
  options: ChaosOptions;
}

/** Sends one digest while all that serves it is killed and the provider misbehaves, and holds both records together after. */
export async function runChaos(options: ChaosOptions): Promise<ChaosReport> {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const cast = drawCast(options.subscribers, options.seed);
  const double = await spawnResendDouble({
    rateLimit: null,
    keep: options.correct ? "text" : "singles",
    seed: options.seed,
    addresses: cast.rules,
    webhooks: {
      url: `${url}/webhooks/resend`,
      secret: SECRET,
      jitterMs: 2000,
      doubled: 0.1,
      early: 0.15,
      late: { share: 0.1, ms: 4000 },
      unknown: 0.05,
      retryMs: RETRY_MS,
    },
  });
  const servers: { redis: MortalServer | null; postgres: MortalServer | null } = { redis: null, postgres: null };
  const env = environment(port, url, double.url);
  const installation = await startInstallation(options.db, options.queue, env, {
    startPostgres: async () => (servers.postgres = await startMortalPostgres()),
    startRedis: async () => (servers.redis = await startMortalRedis()),
  });
  try {
    await double.faults({ random: options.faults });
    const ctx = await installation.open({ log: pino({ level: "fatal" }) });
    try {
      const uid = await prepare(ctx, cast, options);
      const platform = startPlatform(options.root, installation.env, options.queue);
      const victims = { platform, queue: options.queue, ...servers };
      try {
        const door = openDoor(url, installation.env.ADMIN_API_KEY ?? "");
        return await disturb({ ctx, door, double, uid, cast, victims, options });
      } finally {
        await platform.stop();
      }
    } finally {
      await ctx.close();
    }
  } finally {
    await installation.close();
    await double.close();
  }
}

function environment(port: number, url: string, doubleUrl: string): Record<string, string> {
  return {
    PORT: String(port),
    PUBLIC_URL: url,
    RESEND_API_KEY: "re_chaos",
    RESEND_BASE_URL: doubleUrl,
    RESEND_WEBHOOK_SECRET: SECRET,
    SEND_TIMEOUT_SECONDS: "1",
    SIGNUPS_PER_RANGE: "1000000",
    // What bounces here is drawn, not a reason to stop.
    PAUSE_AT_BOUNCES: "99",
    PAUSE_AT_COMPLAINTS: "99",
    LOG_LEVEL: "fatal",
  };
}

/** The list, the articles, and a digest that was triggered. */
async function prepare(ctx: Context, cast: Cast, { subscribers }: ChaosOptions): Promise<string> {
  await addAudience(ctx, subscribers);
  await placeCast(ctx, cast);
  await publishArticles(ctx);
  const { uid } = await draftDigest(ctx, {});
  await sendDigest(ctx, uid);
  return uid;
}

async function disturb(scene: Scene): Promise<ChaosReport> {
  const { ctx, door, double, victims, options } = scene;
  const { subscribers, seed, leaving, joining, kills, say } = options;
  const start = performance.now();
  const departures = startDepartures(ctx, { door, count: leaving, of: subscribers, draw: seeded(seed + 1) });
  const arrivals = startArrivals(double, { door, count: joining, draw: seeded(seed + 4) });
  try {
    const striking: Striking = { kills, seed, say, reached: (share) => reached(scene, share * subscribers) };
    const correcting = correctAtRandom(scene);
    const struck = await strike(victims, striking);
    const notices = await correcting;
    const came = await settle(scene, arrivals, departures, start);
    const { requests, faults } = await double.counts();
    const ms = performance.now() - start;
    say(`quiet after ${Math.round(ms / 1000)} s and ${requests} requests`);
    const found = await verdict(scene, came.arrived, notices);
    const told = await double.noticeCounts();
    const endedAlone = victims.platform.ended();
    return {
      ...found,
      ...struck,
      unrest: came.unrest,
      left: came.left,
      endedAlone,
      requests,
      faults,
      notices: told,
      ms,
    };
  } finally {
    await departures.stop();
  }
}

/** Waits for everyone and everything that was begun. */
async function settle(
  { ctx, door, double, options }: Scene,
  arrivals: Arrivals,
  departures: Departures,
  start: number,
) {
  const timeLeft = () => Math.max(0, options.withinMs - (performance.now() - start));
  const arrived = await arrivals.end();
  await untilQuiet(ctx, door, timeLeft());
  const { size: left } = await departures.stop();
  await Promise.race([double.idle(), pause(timeLeft(), undefined, { ref: false })]);
  return { arrived, left, unrest: await untilQuiet(ctx, door, timeLeft()) };
}

/** The digest's letters against its rows, the rest of the record against theirs, and the notices of a correction. */
async function verdict(
  { ctx, double, uid, cast }: Scene,
  arrived: Awaited<ReturnType<Arrivals["end"]>>,
  notices: string | null,
) {
  const evidence = await readEvidence(double, uid);
  const { letters, repeated } = evidence;
  return {
    ...(await judge(ctx, uid, { cast, letters })),
    ...(await judgeNotices(ctx, evidence, cast)),
    ...(await judgeArrivals(ctx, evidence, arrived)),
    repeated,
    correction: notices === null ? null : await judgeCorrection(ctx, notices, readRecord(await digestMessages(double))),
  };
}

async function digestMessages(double: RemoteDouble): Promise<Accepted[]> {
  const messages: Accepted[] = [];
  for await (const message of double.messages()) if (message.tags.digest !== undefined) messages.push(message);
  return messages;
}

/** The mistake is found between these shares of the digest. */
const FOUND_FROM = 0.02;
const FOUND_TO = 0.3;

/** Gives the id of the digest that carries the notices; null when nothing is to be corrected. */
function correctAtRandom(scene: Scene): Promise<string | null> {
  const { ctx, door, options } = scene;
  if (!options.correct) return Promise.resolve(null);
  const share = FOUND_FROM + seeded(options.seed + 2)() * (FOUND_TO - FOUND_FROM);
  const moment = reached(scene, share * options.subscribers);
  const correcting = correctMidway({ ctx, door, moment, say: options.say });
  // Whoever awaits it hears of the error; it must not end the process before.
  correcting.catch(() => undefined);
  return correcting;
}

/** Waits until the provider took so many messages, or all that was started ended. */
async function reached({ ctx, double, options }: Scene, accepted: number): Promise<void> {
  const deadline = Date.now() + options.withinMs;
  for (let turn = 0; Date.now() < deadline; turn += 1) {
    if ((await double.counts()).accepted >= accepted) return;
    if (turn % 10 === 9 && !(await patiently(() => sending(ctx)))) return;
    await pause(20);
  }
}

/** Whether any digest is still going out. */
async function sending(ctx: Context): Promise<boolean> {
  const row = await ctx.db
    .selectFrom("digest")
    .select("id")
    .where("status", "in", ["sending", "paused"])
    .executeTakeFirst();
  return row !== undefined;
}
