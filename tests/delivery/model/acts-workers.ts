import fc from "fast-check";
import { recordEvent } from "../../../src/delivery/index.ts";
import type { Job, JobName } from "../../../src/queue/queue.ts";
import { unsubscribe } from "../../../src/subscribers/index.ts";
import { act, pick } from "./act.ts";
import { cancel, pause } from "./acts-editors.ts";
import { follow } from "./follow.ts";
import type { Notice } from "./oracle.ts";
import { applyNotice } from "./oracle-letters.ts";
import { pressLeave, takeSignUp } from "./oracle-readers.ts";
import { ANSWERS, type Answer } from "./provider.ts";
import { type Crash, dying, jobsOf, type Life, runJob } from "./world.ts";

const at = fc.nat(20);
const MINUTE_MS = 60_000;

/** Runs a job and tells the oracle what it must have done. `dies`: at which look at the clock its process does. */
export async function work(life: Life, job: Job, dies: number | null = null): Promise<void> {
  const { world, oracle } = life;
  // The calendar is tested elsewhere: here editions are an editor's.
  if (job.name === "build-digests") return void world.jobs.splice(world.jobs.indexOf(job), 1);
  const done = await runJob(world, dies === null ? world.ctx : dying(world, dies), job);
  if (["plan-digest", "deliver-batch"].includes(job.name)) await follow(life);
  const row = Number(job.key);
  if (job.name === "apply-event") {
    for (const id of await applied(life)) {
      const notice = oracle.notices.get(id);
      oracle.notices.delete(id);
      if (notice) applyNotice(oracle, notice);
    }
  }
  if (job.name === "take-request" && (done || (await isTaken(life, row)))) {
    const request = oracle.requests.get(row);
    oracle.requests.delete(row);
    if (request) takeSignUp(oracle, request, await newestReader(life));
  }
}

/** Notices that were applied just now: with one go those that wait, in their order. */
async function applied({ world: { ctx }, oracle }: Life): Promise<number[]> {
  const rows = await ctx.db
    .selectFrom("provider_event")
    .select("id")
    .where("id", "in", [0, ...oracle.notices.keys()])
    .where("applied_at", "is not", null)
    .orderBy("id")
    .execute();
  return rows.map((row) => row.id);
}

async function isTaken({ world: { ctx } }: Life, id: number): Promise<boolean> {
  const row = await ctx.db.selectFrom("subscription_request").select("id").where("id", "=", id).executeTakeFirst();
  return row === undefined;
}

async function newestReader({ world: { ctx } }: Life): Promise<number> {
  const row = await ctx.db
    .selectFrom("subscriber")
    .select((eb) => eb.fn.max<number | null>("id").as("id"))
    .executeTakeFirstOrThrow();
  return row.id ?? 0;
}

/** Any jobs, in any order. */
const anyJobs = fc.record({ jobs: fc.integer({ min: 1, max: 6 }), from: at }).map(({ jobs, from }) =>
  act(`work ${jobs} from ${from}`, async (life) => {
    for (let turn = 0; turn < jobs; turn += 1) {
      const job = pick(life.world.jobs, from);
      if (job) await work(life, job);
    }
  }),
);

/** A process that dies in the middle of something. */
const dyingJob = fc.record({ from: at, dies: fc.nat(6) }).map(({ from, dies }) =>
  act(`die at ${dies} in job ${from}`, async (life) => {
    const job = pick(life.world.jobs, from);
    if (job) await work(life, job, dies);
  }),
);

/** All jobs of one kind, as a worker that has only those. */
const all = fc.constantFrom<JobName>("take-request", "plan-digest", "apply-event", "deliver-batch").map((name) =>
  act(`work every ${name}`, async (life) => {
    for (const job of jobsOf(life.world, name)) await work(life, job);
  }),
);

const MEANWHILE = ["nothing", "leave", "cancel", "pause", "early", "second", "second-dies"] as const;

interface Attempt {
  from: number;
  answer: Answer;
  crash: Crash | null;
  meanwhile: (typeof MEANWHILE)[number];
}

/** One batch is handed over, and this becomes of it. */
const attempt = fc
  .record<Attempt>({
    from: at,
    answer: fc.constantFrom(...ANSWERS),
    crash: fc.constantFrom<(Crash | null)[]>(null, null, null, "before", "after"),
    meanwhile: fc.constantFrom("nothing", "nothing", "nothing", ...MEANWHILE),
  })
  .map((what) =>
    act(`attempt ${JSON.stringify(what)}`, async (life) => {
      const job = pick(jobsOf(life.world, "deliver-batch"), what.from);
      if (!job) return;
      life.world.provider.next(what.answer);
      life.world.next = { crash: what.crash, meanwhile: () => meanwhile(life, job, what) };
      await work(life, job);
      life.world.provider.next("accept");
      life.world.next = { crash: null, meanwhile: null };
    }),
  );

/** What happens while the provider has the request and its answer is not here yet. */
async function meanwhile(life: Life, job: Job, { meanwhile: what, from }: Attempt): Promise<void> {
  const { world, oracle } = life;
  const edition = oracle.letters.find((letter) => letter.key === world.lastKey)?.edition;
  if (what === "leave") {
    const held = pick(world.held.unsubscribe.toReversed(), from);
    if (!held) return;
    pressLeave(oracle, held.reader, "page");
    await unsubscribe(world.ctx, held.token, "page");
  }
  if (what === "cancel" && edition) await cancel(life, edition);
  if (what === "pause" && edition) await pause(life, edition);
  if (what === "early") await tell(life, from, "delivered", 1, true);
  if (!what.startsWith("second")) return;
  world.clock.advance(world.ctx.config.delivery.leaseMs + 1);
  world.next = { crash: what === "second" ? null : "after", meanwhile: null };
  await work(life, job);
  world.next = { crash: null, meanwhile: null };
}

const KINDS: Notice["kind"][] = [
  "sent",
  "delayed",
  "delivered",
  "delivered",
  "bounced",
  "bounced-soft",
  "bounced-soft",
  "suppressed",
  "complained",
  "failed",
  "failed",
];

/** The provider tells of a message it took, or of one that is not ours. */
const notice = fc
  .record({
    from: at,
    kind: fc.constantFrom(...KINDS),
    times: fc.integer({ min: 1, max: 2 }),
    ours: fc.constantFrom(true, true, true, false),
    now: fc.boolean(),
  })
  .map(({ from, kind, times, ours, now }) =>
    act(`notice ${JSON.stringify({ from, kind, times, ours, now })}`, async (life) => {
      const row = await tell(life, from, kind, times, ours);
      const job = jobsOf(life.world, "apply-event").find((one) => one.key === String(row));
      if (now && job) await work(life, job);
    }),
  );

let told = 0;

/** Notices come when they want: before the send has its answer, long after, twice. Gives the row of a new one. */
async function tell(life: Life, from: number, kind: Notice["kind"], times: number, ours: boolean): Promise<number> {
  const { world, oracle } = life;
  const taken = pick(world.provider.taken().toReversed(), from);
  const tags = ours && taken ? taken.tags : { digest: "0".repeat(32), delivery: taken?.tags.delivery ?? "d1" };
  told += 1;
  const event = { id: `msg_${told}`, kind, at: world.clock(), providerId: "p", tags, detail: null };
  for (let time = 0; time < times; time += 1) await recordEvent(world.ctx, event);
  const { id } = await world.ctx.db
    .selectFrom("provider_event")
    .select("id")
    .where("provider_event_id", "=", event.id)
    .executeTakeFirstOrThrow();
  const letter = ours && taken ? Number(taken.tags.delivery?.slice(1)) : null;
  oracle.notices.set(id, { kind, letter, receivedAt: world.clock() });
  return id;
}

/** An address that spoils its batch, or no longer does. */
const refuse = fc.nat(5).map((who) =>
  act(`refuse ${who}`, async ({ world: { provider } }) => {
    const address = `reader${who}@example.org`;
    if (!provider.refused.delete(address)) provider.refused.add(address);
  }),
);

const lose = fc.constant(act("lose the queue", async ({ world }) => void world.jobs.splice(0)));

/** The sweep's job and what it brings to light. */
export async function sweep(life: Life): Promise<void> {
  await work(life, { name: "sweep", key: "rows" });
}

const sweeping = fc.constant(act("sweep", sweep));

const later = fc
  .constantFrom(1 / 12, 1, 10, 10, 8 * 24 * 60, 25 * 60)
  .map((minutes) => act(`${minutes} minutes pass`, async ({ world: { clock } }) => clock.advance(minutes * MINUTE_MS)));

export const workerActs = { anyJobs, dyingJob, all, attempt, notice, refuse, lose, sweeping, later };
