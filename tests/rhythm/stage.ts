import { putArticle } from "../../src/articles/index.ts";
import { buildDue, cancelDigest, draftDigest, listDigestReports, sendDigest } from "../../src/digests/index.ts";
import { ConflictError } from "../../src/errors.ts";
import { confirm, unsubscribe, updatePreferences } from "../../src/subscribers/index.ts";
import { packTopics } from "../../src/topics/index.ts";
import { registry } from "../../workers/registry.ts";
import { type TestContext, type TestContextOptions, testContext } from "../support/context.ts";
import { addReaders } from "../support/readers.ts";
import { type Choice, Log } from "./oracle.ts";
import { createRecorder, type Recorder } from "./recorder.ts";

/** The real system with a clock that is moved by hand; whatever is done on it is written to the oracle's log. */
export interface Stage {
  world: TestContext;
  log: Log;
  recorder: Recorder;
}

export async function openStage(options: Pick<TestContextOptions, "clock" | "env" | "database">): Promise<Stage> {
  const clock = options.clock ?? Date.now;
  const recorder = createRecorder(() => clock());
  const world = await testContext({ ...options, mailer: recorder.mailer });
  return { world, log: new Log(), recorder };
}

/** What an article says this time: a new review makes an event, another word alone does not. */
export interface ArticleState {
  topics: string[];
  /** `YYYY-MM-DD`. */
  reviewedOn: string;
  text: string;
}

/** Takes a version in and gives whether it made an event. */
export async function publish({ world, log }: Stage, slug: string, state: ArticleState): Promise<boolean> {
  const { event } = await putArticle(world.ctx, slug, {
    url: `https://calm.example/articles/${slug}`,
    title: `Article ${slug}`,
    publishedOn: "2020-01-01",
    reviewedOn: state.reviewedOn,
    topics: state.topics,
    sections: [{ heading: "What it is", text: state.text }],
  });
  if (event) log.all({ kind: "event", at: world.clock(), seq: event.seq, topics: state.topics });
  return event !== null;
}

/** Someone confirms, for the first time (`reader` null) or again after having left. Gives the reader's number. */
export async function join({ world, log }: Stage, reader: number | null, choice: Choice): Promise<number> {
  const id =
    reader ?? ((await addReaders(world.ctx, [`${world.ctx.newId()}@example.org`], { status: "pending" }))[0] as number);
  const { topics, ...rest } = choice;
  await world.ctx.db
    .updateTable("subscriber")
    .set({ status: "pending", topics: packTopics(topics), ...rest })
    .where("id", "=", id)
    .execute();
  await confirm(world.ctx, await tokenOf(world, id, "confirm"));
  log.one(id, { kind: "join", at: world.clock(), choice });
  return id;
}

export async function change({ world, log }: Stage, reader: number, choice: Choice): Promise<void> {
  await updatePreferences(world.ctx, await tokenOf(world, reader, "preferences"), choice);
  log.one(reader, { kind: "change", at: world.clock(), choice });
}

const WEEK = 7 * 86_400_000;

/** 0 weeks end a pause. */
export async function pause({ world, log }: Stage, reader: number, choice: Choice, weeks: number): Promise<void> {
  await updatePreferences(world.ctx, await tokenOf(world, reader, "preferences"), { ...choice, pauseWeeks: weeks });
  const until = weeks === 0 ? null : world.clock() + weeks * WEEK;
  log.one(reader, { kind: "pause", at: world.clock(), until });
}

export async function leave({ world, log }: Stage, reader: number): Promise<void> {
  await unsubscribe(world.ctx, await tokenOf(world, reader, "unsubscribe"), "one-click");
  log.one(reader, { kind: "leave", at: world.clock() });
}

/** The calendar is looked at, and everything that follows is done at once; or only so many jobs of it. */
export async function look({ world, log }: Stage, jobs = Number.POSITIVE_INFINITY): Promise<void> {
  log.all({ kind: "look", at: world.clock() });
  await buildDue(world.ctx);
  if (jobs === Number.POSITIVE_INFINITY) await world.work();
  else await workSome(world, jobs);
}

/** Does the jobs that wait longest, one after the other. */
async function workSome({ ctx, jobs }: TestContext, count: number): Promise<void> {
  const handlers = registry(ctx);
  for (const job of jobs.splice(0, count)) await handlers[job.name](job.key);
}

/** Cancels the newest edition that is still going out, if there is one. */
export async function cancelNewest({ world: { ctx } }: Stage): Promise<void> {
  const { digests } = await listDigestReports(ctx, { limit: 1, status: "sending" });
  if (digests[0]) await cancelDigest(ctx, digests[0].id);
}

/** An editor sends what is new, or these events, to everyone. */
export async function send(
  { world, log }: Stage,
  picked: number[] | null,
  jobs = Number.POSITIVE_INFINITY,
): Promise<void> {
  const { uid } = await draftDigest(world.ctx, picked === null ? {} : { events: picked });
  try {
    await sendDigest(world.ctx, uid);
  } catch (error) {
    // Nothing new for anybody: no edition.
    if (!(error instanceof ConflictError)) throw error;
  }
  log.all({ kind: "send", at: world.clock(), picked });
  if (jobs === Number.POSITIVE_INFINITY) await world.work();
}

async function tokenOf({ ctx }: TestContext, id: number, purpose: "confirm" | "preferences" | "unsubscribe") {
  const row = ctx.db.selectFrom("subscriber").select("uid").where("id", "=", id);
  const { uid } = await row.executeTakeFirstOrThrow();
  return ctx.vault.makeToken({ purpose, uid, issuedAt: ctx.clock() });
}

/** What these readers were told by mails that were really taken, in order. */
export async function toldTo(
  { world, recorder }: Stage,
  first: number,
  last: number,
): Promise<Map<number, { seq: number; at: number }[]>> {
  const rows = await world.ctx.db
    .selectFrom("delivery")
    .innerJoin("variant", "variant.id", "delivery.variant_id")
    .select(["delivery.id", "delivery.subscriber_id", "variant.events"])
    .where("delivery.digest_id", "is not", null)
    .where("delivery.subscriber_id", ">=", first)
    .where("delivery.subscriber_id", "<=", last)
    .execute();
  const told = new Map<number, { seq: number; at: number }[]>();
  for (const { id, subscriber_id, events } of rows) {
    const at = recorder.takenAt(id);
    if (at === undefined) continue;
    const list = told.get(subscriber_id) ?? [];
    list.push(...(JSON.parse(events) as number[]).map((seq) => ({ seq, at })));
    told.set(subscriber_id, list);
  }
  return told;
}
