import { inject } from "vitest";
import type { Context } from "../../../src/context.ts";
import type { Mailer } from "../../../src/mail/mailer.ts";
import type { Job, JobName } from "../../../src/queue/queue.ts";
import { registry } from "../../../workers/registry.ts";
import { type TestClock, testClock, testContext } from "../../support/context.ts";
import { freshDatabaseUrl } from "../../support/services/fresh.ts";
import { Killed } from "./killed.ts";
import { newOracle, type Oracle, type Reader } from "./oracle.ts";
import { type Provider, resendProvider, scriptedProvider } from "./provider.ts";
import { watchMails } from "./watch-mails.ts";

/** Members of a batch, so that few readers make many. */
const BATCH = 3;

export type Purpose = "confirm" | "not-me" | "unsubscribe" | "preferences";

/** A link that somebody holds. */
export interface Held {
  reader: Reader;
  token: string;
  issuedAt: number;
}

/** How a worker or its process fails at the next request: before the provider has it, or before it hears the answer. */
export type Crash = "before" | "after";

export interface World {
  ctx: Context;
  clock: TestClock;
  jobs: Job[];
  provider: Provider;
  held: Record<Purpose, Held[]>;
  /** What the next request meets. */
  next: { crash: Crash | null; meanwhile: (() => Promise<void>) | null };
  /** Requests made, and the key of the last. */
  requests: number;
  lastKey: string;
  close(): Promise<void>;
}

export interface Life {
  world: World;
  oracle: Oracle;
}

export interface Kind {
  engine: "sqlite" | "postgres";
  provider: "scripted" | "resend";
}

/** A new, empty installation and what must be true of it. */
export async function openLife({ engine, provider: kind }: Kind): Promise<Life> {
  const clock = testClock(Date.parse("2026-01-12T12:00:00Z"));
  const provider = kind === "scripted" ? scriptedProvider(clock) : await resendProvider(clock);
  const oracle = newOracle(clock);
  const mailer: Mailer = { ...provider.mailer, maxBatch: BATCH, send: (...args) => watchMails(life, ...args) };
  const env: Record<string, string> = { SITE_WEEKLY_CAP: "0", SEND_TIMEOUT_SECONDS: "5" };
  if (engine === "postgres") env.DATABASE_URL = await freshDatabaseUrl(inject);
  const { ctx, jobs, close } = await testContext({ clock, mailer, env });
  const held = { confirm: [], "not-me": [], unsubscribe: [], preferences: [] };
  const world: World = {
    ctx,
    clock,
    jobs,
    provider,
    held,
    next: { crash: null, meanwhile: null },
    close,
    requests: 0,
    lastKey: "",
  };
  const life: Life = { world, oracle };
  return life;
}

/** Jobs of a kind; those of the calendar are nobody's here. */
export const jobsOf = ({ jobs }: World, name: JobName) => jobs.filter((job) => job.name === name);

/** Runs one job by hand; what it asks to be run again waits again. False: its process died. */
export async function runJob({ jobs }: World, ctx: Context, job: Job): Promise<boolean> {
  const place = jobs.indexOf(job);
  if (place >= 0) jobs.splice(place, 1);
  try {
    const outcome = await registry(ctx)[job.name](job.key);
    if (outcome && !jobs.some((one) => one.name === job.name && one.key === job.key)) jobs.push(job);
    return true;
  } catch (error) {
    if (error instanceof Killed) return false;
    throw error;
  }
}

/** The context of a process that dies when it looks at the clock for the so-many-th time, unless it got to a request. */
export function dying(world: World, readings: number): Context {
  const { ctx, requests } = world;
  let left = readings;
  const clock = () => {
    left -= 1;
    if (left < 0 && world.requests === requests) throw new Killed("the process died");
    return ctx.clock();
  };
  return { ...ctx, clock };
}
