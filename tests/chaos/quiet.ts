import { setTimeout as pause } from "node:timers/promises";
import type { Context } from "../../src/context.ts";
import type { Door } from "./door.ts";
import { patiently } from "./patience.ts";

/** What is still under way; all zero at the end. */
export interface Unrest {
  /** Digests that are going out. */
  sending: number;
  openBatches: number;
  /** Notices that were stored and not applied. */
  waitingNotices: number;
  /** Sign-ups that were taken in and not decided. */
  waitingRequests: number;
  /** Jobs in the queue, beside those of a schedule that wait for their time. */
  jobs: number;
}

const LOOK_MS = 200;
/** Sweeps and the calendar's look. */
const SCHEDULED = 3;

/** Waits until nothing is under way and gives what is left then, or when the time is up. */
export async function untilQuiet(ctx: Context, door: Door, withinMs: number): Promise<Unrest> {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const left = await patiently(() => look(ctx, door));
    if (Object.values(left).every((count) => count === 0) || Date.now() > deadline) return left;
    await pause(LOOK_MS);
  }
}

async function look(ctx: Context, door: Door): Promise<Unrest> {
  const { db } = ctx;
  const count = async (query: { executeTakeFirstOrThrow(): Promise<{ count: number }> }) =>
    Number((await query.executeTakeFirstOrThrow()).count);
  const digests = db.selectFrom("digest").select((eb) => eb.fn.countAll<number>().as("count"));
  const batches = db.selectFrom("batch").select((eb) => eb.fn.countAll<number>().as("count"));
  const notices = db.selectFrom("provider_event").select((eb) => eb.fn.countAll<number>().as("count"));
  const requests = db.selectFrom("subscription_request").select((eb) => eb.fn.countAll<number>().as("count"));
  return {
    sending: await count(digests.where("status", "in", ["scheduled", "sending", "paused"])),
    openBatches: await count(batches.where("status", "not in", ["settled", "split", "unknown"])),
    waitingNotices: await count(notices.where("applied_at", "is", null)),
    waitingRequests: await count(requests),
    jobs: await jobsLeft(door),
  };
}

/** The queue as the platform itself shows it to operators, since one of its kinds lives inside a process. */
async function jobsLeft(door: Door): Promise<number> {
  const { text } = await door.ask("/metrics", { editor: true });
  const rows = [...text.matchAll(/^newsletter_queue_jobs\{(.*)\} (\d+)$/gm)];
  if (rows.length === 0) throw new Error("the platform does not say what is in its queue");
  const of = (scheduled: boolean) =>
    rows
      .filter(([, labels = ""]) => /work.*delayed|delayed.*work/.test(labels) === scheduled)
      .reduce((sum, [, , count]) => sum + Number(count), 0);
  return of(false) + Math.max(0, of(true) - SCHEDULED);
}
