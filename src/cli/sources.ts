import { setTimeout as pause } from "node:timers/promises";
import { latestEventSeq, listEvents } from "../articles/index.ts";
import type { Context } from "../context.ts";
import {
  askPoll,
  followSource,
  getSource,
  listSources,
  pollSource,
  removeSource,
  type SourceReport,
} from "../sources/index.ts";
import type { Call, Command, Result } from "./command.ts";

export const addSource: Command = {
  name: "sources add",
  args: ["URL"],
  options: ["no-backfill"],
  about: "follow a feed or sitemap, or the feed that a page names (--no-backfill: tell what it names now)",
  async run(call) {
    const [url] = call.args;
    const ctx = await call.open();
    const { id, uid, created } = await followSource(ctx, { url, backfill: !call.options["no-backfill"] });
    const polled = await pollHere(ctx, created ? [{ uid, id: async () => id }] : [], call);
    const source = await getSource(ctx, uid);
    const already = created ? [] : ["It is followed already:", describe(source)];
    return {
      ...polled,
      json: { created, source: toJson(source), events: polled.json.events },
      lines: [...already, ...polled.lines],
    };
  },
};

export const listFollowed: Command = {
  name: "sources list",
  args: [],
  options: [],
  about: "what is followed, and how it stands",
  async run({ open }) {
    const sources = await listSources(await open());
    const lines = sources.flatMap(describe);
    return { json: { sources: sources.map(toJson) }, lines: lines.length > 0 ? lines : ["Nothing is followed."] };
  },
};

export const pollSources: Command = {
  name: "sources poll",
  args: ["[ID]"],
  options: [],
  about: "look at one source, or all of them, and every page they name, now",
  async run(call) {
    const ctx = await call.open();
    const [id] = call.args;
    const all = id === undefined ? await listSources(ctx) : [await getSource(ctx, id)];
    const wanted = all.filter(({ status }) => id !== undefined || status !== "paused");
    const asked = wanted.map(({ id: uid }) => ({ uid, id: () => askPoll(ctx, uid) }));
    return pollHere(ctx, asked, call);
  },
};

export const removeFollowed: Command = {
  name: "sources remove",
  args: ["ID"],
  options: [],
  about: "follow a source no more; its articles stay",
  async run({ args: [id = ""], open }) {
    await removeSource(await open(), id);
    return { json: { removed: id }, lines: [`The source ${id} is followed no more.`] };
  },
};

/** A source, and what makes its row due and gives its number. */
interface Due {
  uid: string;
  id: () => Promise<number>;
}

/** Polls in this process to the end, and tells what events that made. */
async function pollHere(ctx: Context, all: Due[], { say }: Call): Promise<Result> {
  const before = await latestEventSeq(ctx.db);
  const sources: Detailed[] = [];
  for (const due of all) {
    await round(ctx, due, say);
    sources.push(await getSource(ctx, due.uid));
  }
  const events = (await listEvents(ctx, { after: before })).map(({ seq, kind, slug, title }) => ({
    seq,
    kind,
    slug,
    title,
  }));
  return {
    json: { sources: sources.map(toJson), events },
    lines: [...sources.flatMap(detail), ...events.map(({ seq, kind, title }) => `event ${seq}: ${kind}, ${title}`)],
    failed: sources.some(({ status }) => ["retrying", "failing", "gone"].includes(status)),
  };
}

const LOOK_MS = 250;

/** Where a server runs as well, its workers may be the ones who do it: then this waits for them. */
async function round(ctx: Context, due: Due, say: (line: string) => void): Promise<void> {
  const asked = ctx.clock();
  const id = await due.id();
  for (let told = -1; ; ) {
    const outcome = await pollSource(ctx, id);
    const { url, status, lastPolledAt, nextPollAt, pages } = await getSource(ctx, due.uid);
    const left = pages.waiting > 0 || (nextPollAt !== null && nextPollAt <= ctx.clock());
    const over = !left || status === "paused" || (lastPolledAt !== null && lastPolledAt >= asked);
    if (!outcome && over) return;
    if (pages.waiting !== told && pages.waiting % 10 === 0) say(`${url}: ${pages.waiting} pages to look at`);
    told = pages.waiting;
    await pause(outcome && "again" in outcome ? outcome.again : LOOK_MS);
  }
}

function describe({ id, url, kind, title, status, lastError, note, pages }: SourceReport): string {
  const { known, taken, waiting, failing, gone, refused, notFollowed } = pages;
  const others = Object.entries({ waiting, failing, gone, "without an article": refused, "not followed": notFollowed })
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `, ${count} ${what}`);
  const why = lastError === null ? "" : `\n  ${lastError}`;
  const left = note === null ? "" : `\n  ${note}`;
  return `${id}  ${status.padEnd(8)} ${kind} ${url}${title ? ` (${title})` : ""}: ${taken} of ${known} pages taken in${others.join("")}${why}${left}`;
}

type Detailed = Awaited<ReturnType<typeof getSource>>;

const SHOWN = 20;

function detail(source: Detailed): string[] {
  const troubles = source.troubles.slice(0, SHOWN).map(({ url, state, reason }) => `  ${state} ${url}: ${reason}`);
  return [describe(source), ...troubles];
}

function toJson({ troubles, ...source }: SourceReport & Partial<Detailed>) {
  const { lastOkAt, lastPolledAt, nextPollAt, failingSince, createdAt } = source;
  const times = { lastOkAt, lastPolledAt, nextPollAt, failingSince, createdAt };
  const told = Object.entries(times).map(([name, at]) => [name, at === null ? null : new Date(at).toISOString()]);
  const pages = troubles ? { troubles: troubles.map(({ url, state, reason }) => ({ url, state, reason })) } : {};
  return { ...source, ...Object.fromEntries(told), ...pages };
}
