import { inject } from "vitest";
import type { Context } from "../../src/context.ts";
import { deliverBatch } from "../../src/delivery/index.ts";
import { draftDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import type { Mailer } from "../../src/mail/mailer.ts";
import { type TestContext, type TestContextOptions, testClock, testContext } from "../support/context.ts";
import { publishArticles } from "../support/editions.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

/** A transport that takes everything and remembers for whom; `before` runs in the middle of each hand-over. */
interface CountingMailer extends Mailer {
  /** Messages taken, by address. */
  taken: Map<string, number>;
  /** Sizes of the hand-overs, in order. */
  sizes: number[];
  before: () => Promise<void>;
}

function countingMailer(maxBatch = 10): CountingMailer {
  const mailer: CountingMailer = {
    driver: "resend",
    maxBatch,
    keyLifeMs: 86_400_000,
    taken: new Map(),
    sizes: [],
    before: async () => undefined,
    send: async (messages) => {
      await mailer.before();
      for (const { to } of messages) mailer.taken.set(to, (mailer.taken.get(to) ?? 0) + 1);
      mailer.sizes.push(messages.length);
      return { kind: "accepted", ids: messages.map((_, place) => `p${mailer.sizes.length}-${place}`) };
    },
    check: async () => undefined,
    close: async () => undefined,
  };
  return mailer;
}

export interface Workers extends TestContext {
  mailer: CountingMailer;
  uid: string;
  /** One context a worker: on PostgreSQL each with connections of its own, on SQLite the one. */
  workers: Context[];
  closeAll(): Promise<void>;
}

/** A digest that is planned for so many readers, and workers that share its database and transport. */
export async function plannedFor(
  readers: number,
  engine: string,
  { workers = 1, ...options }: TestContextOptions & { workers?: number } = {},
): Promise<Workers> {
  const clock = options.clock ?? testClock();
  const mailer = countingMailer();
  const env: Record<string, string> = { ...options.env };
  if (engine === "postgres") env.DATABASE_URL = await freshDatabaseUrl(inject);
  const first = await testContext({ ...options, env, clock, mailer });
  await addReaders(first.ctx, manyAddresses(readers));
  await publishArticles(first.ctx);
  const { uid } = await draftDigest(first.ctx, {});
  await sendDigest(first.ctx, uid);
  await planDigest(first.ctx, 1);
  const others: TestContext[] = [];
  for (let more = 1; more < workers && engine === "postgres"; more += 1) {
    const DATA_KEYS = first.ctx.config.dataKeys.join(",");
    others.push(await testContext({ env: { ...env, DATA_KEYS }, clock, mailer }));
  }
  const contexts = [first.ctx, ...others.map((other) => other.ctx)];
  const closeAll = async () => {
    for (const other of others) await other.close();
    await first.close();
  };
  return { ...first, mailer, uid, workers: contexts, closeAll };
}

/** Lets lanes of every worker take batches, in the order of their rows, until none is left to take. */
export async function runLanes({ ctx, workers }: Workers, lanes: number): Promise<void> {
  const rows = await ctx.db.selectFrom("batch").select("id").where("status", "=", "queued").orderBy("id").execute();
  const ids = rows.map((row) => row.id);
  const lane = async (worker: Context) => {
    for (let id = ids.shift(); id !== undefined; id = ids.shift()) await deliverBatch(worker, id);
  };
  await Promise.all(Array.from({ length: lanes }, (_, place) => lane(workers[place % workers.length] ?? ctx)));
}
