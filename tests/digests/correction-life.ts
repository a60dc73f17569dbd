import { takeIn } from "../../src/articles/index.ts";
import type { Context } from "../../src/context.ts";
import {
  cancelDigest,
  correctArticle,
  draftDigest,
  listDigestReports,
  pauseDigest,
  resumeDigest,
  retryDigest,
  sendDigest,
} from "../../src/digests/index.ts";
import { ConflictError } from "../../src/errors.ts";
import type { Job } from "../../src/queue/queue.ts";
import type { Cadence } from "../../src/subscribers/words.ts";
import { packTopics } from "../../src/topics/index.ts";
import { registry } from "../../workers/registry.ts";
import { articlePage } from "../support/article-page.ts";
import { addReaders } from "../support/readers.ts";
import type { Fault } from "../support/resend-double/index.ts";
import type { World } from "./correction-world.ts";

/** Words that a version may say, and that may turn out to be wrong. */
const PASSAGES = ["A lamp costs 80 to 140 dollars.", "People with eye disease need not ask."];
const ALWAYS = "Bright light in the first hour of the day shifts the body clock forward by some minutes each day.";
const CATEGORIES = ["Depression", "Anxiety"];
const TOPICS = [[], ["depression"], ["anxiety"]];
export const NAMES = ["Alpha", "Beta"];
/** A letter has room for so many corrections of one article. */
const MOST_MARKS = 4;

/** What somebody does. Numbers choose among what there is. */
export type Act =
  | { do: "publish"; article: number; says: boolean[]; reviewed: boolean }
  | { do: "join"; topics: number; immediate: boolean }
  | { do: "leave" | "suppress" | "wander" | "refuse"; reader: number }
  | { do: "draft"; picked: number | null; daily: boolean }
  | { do: "mark"; article: number; version: number; passage: number | null; beside: number }
  | { do: "work"; jobs: number; from: number; together: boolean }
  | { do: "fault"; kind: number }
  | { do: "pause" | "resume" | "cancel" | "retry"; digest: number }
  | { do: "sweep" };

export interface Version {
  /** Places in `PASSAGES`. */
  says: boolean[];
}

export interface Marked {
  place: number;
  article: number;
  /** Numbers of the versions that were wrong, and of the latest one then. */
  wrong: number[];
  latest: number;
  digest: string;
  /** Deliveries that could not be changed any more when its readers began to be decided; null: not begun. */
  frozen: Set<number> | null;
}

/** What happened, as far as the rules need it. */
export interface Life {
  world: World;
  versions: Version[][];
  marks: Marked[];
  readers: { id: number; address: string; gone: boolean; frozenBefore: Set<number> }[];
  refused: Set<string>;
  /** Deliveries that were sent again: what another edition told meanwhile, they tell a second time. */
  retried: Set<number>;
}

export function beginLife(world: World): Life {
  return { world, versions: NAMES.map(() => []), marks: [], readers: [], refused: new Set(), retried: new Set() };
}

/** Does one thing. What the rules refuse at this moment is no error. */
export async function act(life: Life, what: Act): Promise<void> {
  try {
    await doers[what.do](life, what as never);
  } catch (error) {
    if (!(error instanceof ConflictError)) throw error;
  }
  await noteBegun(life);
}

const doers: { [K in Act["do"]]: (life: Life, what: Extract<Act, { do: K }>) => Promise<void> } = {
  publish,
  join: async (life, { topics, immediate }) => {
    const address = `reader${life.readers.length}@example.org`;
    const usual = life.readers.length % 2 === 0 ? "weekly" : "daily";
    const cadence: Cadence = immediate ? "immediate" : usual;
    const watermark = life.readers.length < 4 ? 0 : await latest(life.world.ctx);
    const options = { topics: TOPICS[topics % TOPICS.length] ?? [], cadence, watermark };
    const [id = 0] = await addReaders(life.world.ctx, [address], options);
    life.readers.push({ id, address, gone: false, frozenBefore: new Set() });
  },
  leave: (life, { reader }) => go(life, reader, (ctx, id) => setReader(ctx, id, { status: "unsubscribed" })),
  suppress: (life, { reader }) =>
    go(life, reader, async ({ db }, id) => {
      const { address_index } = await db
        .selectFrom("subscriber")
        .select("address_index")
        .where("id", "=", id)
        .executeTakeFirstOrThrow();
      const row = { address_index: address_index ?? "", reason: "complaint" as const, created_at: 1 };
      await db.insertInto("suppression").values(row).execute();
    }),
  wander: async ({ world, readers }, { reader }) => {
    const one = pick(readers, reader);
    const topics = packTopics(TOPICS[reader % TOPICS.length] ?? []);
    const paused_until = reader % 2 === 0 ? world.clock() + 5 * 86_400_000 : null;
    if (one) await setReader(world.ctx, one.id, { topics, cadence: "monthly", paused_until });
  },
  refuse: async (life, { reader }) => {
    const one = pick(life.readers, reader);
    if (one && !life.refused.delete(one.address)) life.refused.add(one.address);
    refuseThem(life);
  },
  draft: async ({ world: { ctx } }, { picked, daily }) => {
    const events = await ctx.db.selectFrom("article_event").select("seq").orderBy("seq").execute();
    const seqs = events.map(({ seq }) => seq).filter((seq) => picked !== null && (picked >> (seq % 8)) % 2 === 1);
    const { uid } = await draftDigest(ctx, {
      ...(daily ? { cadence: "daily" } : {}),
      ...(seqs.length > 0 ? { events: seqs } : {}),
    });
    await sendDigest(ctx, uid);
  },
  mark: async (life, what) => {
    const work = doers.work(life, { do: "work", jobs: what.beside, from: 0, together: true });
    await Promise.all([mark(life, what), work]);
  },
  work: async ({ world }, { jobs, from, together }) => {
    const chosen: Job[] = [];
    while (chosen.length < jobs && world.jobs.length > 0) {
      chosen.push(...world.jobs.splice(from % world.jobs.length, 1));
    }
    if (together) await Promise.all(chosen.map((job) => run(world, job)));
    else for (const job of chosen) await run(world, job);
  },
  fault: async ({ world }, { kind }) => world.resend.faults.next(pick(FAULTS, kind) ?? null),
  pause: (life, { digest }) => onDigest(life, digest, pauseDigest),
  resume: (life, { digest }) => onDigest(life, digest, resumeDigest),
  cancel: (life, { digest }) => onDigest(life, digest, cancelDigest),
  retry: (life, { digest }) => onDigest(life, digest, (_, uid) => retry(life, uid)),
  sweep: async ({ world }) => void world.jobs.push({ name: "sweep", key: "sweep" }),
};

const FAULTS: Fault[] = [
  { kind: "error500", accepted: true },
  { kind: "error500", accepted: false },
  { kind: "cut" },
  { kind: "status", status: 401, name: "restricted_api_key" },
];

async function publish(life: Life, { article, says, reviewed }: Extract<Act, { do: "publish" }>): Promise<void> {
  const name = NAMES[article % NAMES.length] ?? "";
  const versions = life.versions[article % NAMES.length] ?? [];
  const number = versions.length + 1;
  const day = reviewed ? `March ${number}, 2025` : "March 1, 2025";
  const html = articlePage({
    title: `${name}, take ${number}`,
    category: CATEGORIES[article % NAMES.length] ?? "",
    published: "February 1, 2025",
    reviewed: day,
    sections: {
      "What it says": PASSAGES.filter((_, place) => says[place]).join(" ") || "Nothing much.",
      "What is new": `This is state ${number} of it. ${ALWAYS}`,
    },
  });
  const taken = await takeIn(life.world.ctx, { html, url: `https://calm.example/articles/${name.toLowerCase()}` });
  if (taken.version !== number) throw new Error(`${name}: version ${taken.version} instead of ${number}`);
  versions.push({ says });
}

async function mark(life: Life, { article, version, passage }: Extract<Act, { do: "mark" }>): Promise<void> {
  const versions = life.versions[article % NAMES.length] ?? [];
  if (versions.length === 0 || life.marks.length >= MOST_MARKS) return;
  const number = 1 + (version % versions.length);
  const said = passage !== null && versions[number - 1]?.says[passage % PASSAGES.length] === true;
  const at = (passage ?? 0) % PASSAGES.length;
  const place = life.marks.length;
  const wrong = versions.flatMap(({ says }, index) => (index + 1 === number || (said && says[at]) ? [index + 1] : []));
  const marked: Marked = {
    place,
    article: article % NAMES.length,
    wrong,
    latest: versions.length,
    digest: "",
    frozen: null,
  };
  life.marks.push(marked);
  const slug = (NAMES[marked.article] ?? "").toLowerCase();
  const words = { wrong: `Claim number ${place}.`, right: `Truth number ${place}.`, why: whyOf(place) };
  const body = { version: number, ...words, ...(said ? { passage: PASSAGES[at] } : {}) };
  marked.digest = (await correctArticle(life.world.ctx, slug, body, null)).correction.digest ?? "";
}

export const whyOf = (place: number) => `Reason number ${place} applies.`;

/** Notes what could not be changed any more when a correction begins to find its readers. */
async function noteBegun({ world, marks }: Life): Promise<void> {
  for (const marked of marks.filter((one) => one.frozen === null)) {
    const digest = await world.ctx.db
      .selectFrom("digest")
      .select(["planned_to", "planned_at"])
      .where("uid", "=", marked.digest)
      .executeTakeFirst();
    if (digest && (digest.planned_at !== null || digest.planned_to > 0)) marked.frozen = await frozen(world.ctx);
  }
}

async function frozen({ db }: Context): Promise<Set<number>> {
  const rows = await db
    .selectFrom("delivery")
    .innerJoin("batch", "batch.id", "delivery.batch_id")
    .select("delivery.id")
    .where("batch.frozen_at", "is not", null)
    .execute();
  return new Set(rows.map((row) => row.id));
}

async function go(life: Life, place: number, how: (ctx: Context, id: number) => Promise<void>): Promise<void> {
  const one = pick(life.readers, place);
  if (!one || one.gone) return;
  one.gone = true;
  await how(life.world.ctx, one.id);
  one.frozenBefore = await frozen(life.world.ctx);
}

async function setReader({ db }: Context, id: number, change: object): Promise<void> {
  await db.updateTable("subscriber").set(change).where("id", "=", id).execute();
}

async function onDigest(
  { world: { ctx } }: Life,
  place: number,
  verb: (ctx: Context, uid: string) => Promise<unknown>,
) {
  const one = pick((await listDigestReports(ctx, { limit: 100 })).digests, place);
  if (one) await verb(ctx, one.id);
}

async function retry({ world: { ctx }, retried }: Life, uid: string): Promise<number> {
  const failed = await ctx.db
    .selectFrom("delivery")
    .innerJoin("digest", "digest.id", "delivery.digest_id")
    .select("delivery.id")
    .where("digest.uid", "=", uid)
    .where("delivery.status", "=", "failed")
    .execute();
  for (const { id } of failed) retried.add(id);
  return (await retryDigest(ctx, uid)).retried;
}

async function run(world: World, job: Job): Promise<void> {
  const outcome = await registry(world.ctx)[job.name](job.key);
  if (!outcome || "rest" in outcome) return;
  world.clock.advance(Math.min(60_000, Object.values(outcome)[0] ?? 0));
  if (!world.jobs.some(({ name, key }) => name === job.name && key === job.key)) world.jobs.push(job);
}

function refuseThem({ world, refused }: Life): void {
  world.resend.settings.addresses = [...refused].map((address) => ({ match: `^${address}$`, as: "refused" as const }));
}

async function latest({ db }: Context): Promise<number> {
  const { seq } = await db
    .selectFrom("article_event")
    .select((eb) => eb.fn.max<number | null>("seq").as("seq"))
    .executeTakeFirstOrThrow();
  return seq ?? 0;
}

function pick<T>(list: readonly T[], place: number): T | undefined {
  return list[place % Math.max(1, list.length)];
}

const MOST_ROUNDS = 40;

/** Lets everything come to its end: the provider is well, what was paused goes on, what failed is sent again. */
export async function settleLife(life: Life): Promise<void> {
  const { world } = life;
  world.resend.faults.clear();
  life.refused.clear();
  refuseThem(life);
  const spent = new Set<string>();
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const { digests } = await listDigestReports(world.ctx, { limit: 100 });
    const open = digests.filter(
      ({ id, status, counts }) =>
        !["cancelled", "draft"].includes(status) && (status !== "sent" || (counts.failed > 0 && !spent.has(id))),
    );
    if (open.length === 0 && world.jobs.length === 0) return noteBegun(life);
    for (const { id, status, counts } of open) {
      if (status === "paused") await resumeDigest(world.ctx, id);
      if (counts.failed > 0 && (await retry(life, id)) === 0) spent.add(id);
    }
    world.clock.advance(60_000);
    world.jobs.push({ name: "sweep", key: "sweep" });
    await doers.work(life, { do: "work", jobs: 200, from: 0, together: false });
    await noteBegun(life);
  }
  throw new Error("it never ends");
}
