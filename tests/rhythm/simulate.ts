import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join as joinPath } from "node:path";
import { sql } from "kysely";
import { listTopics } from "../../src/topics/index.ts";
import { registry } from "../../workers/registry.ts";
import { testClock } from "../support/context.ts";
import { addReaders } from "../support/readers.ts";
import { seeded } from "../support/resend-double/random.ts";
import { type Choice, createOracle } from "./oracle.ts";
import { type LifeEntry, type Population, populate, type VersionEntry, write } from "./population.ts";
import { change, join, leave, look, openStage, pause, publish, type Stage, toldTo } from "./stage.ts";
import { addTo, judge, NOTHING_WRONG, type Verdict } from "./verdict.ts";

export interface SimulationOptions {
  readers: number;
  articles: number;
  versions: number;
  days: number;
  seed: number;
  say: (line: string) => void;
}

export interface SimulationReport extends Verdict {
  events: number;
  looks: number;
  editions: number;
  mails: number;
  seconds: number;
  /** Of that, holding the mails against the oracle. */
  judgingSeconds: number;
  peakRssMb: number;
}

const START = Date.UTC(2026, 0, 1);
const DAY = 86_400_000;
/** The calendar is looked at so often; a running system does it every minute. */
const TICK = 15 * 60_000;
const RULES = { sendHour: 8, sendDay: 2, cap: 7 };

/**
 * Plays a site's year on a SQLite file: real intake, calendar, planning, freezing and recording, with a provider that
 * takes everything at once. Then holds what every reader was told against the oracle.
 */
export async function simulate(options: SimulationOptions): Promise<SimulationReport> {
  const folder = await mkdtemp(joinPath(tmpdir(), "newsletter-year-"));
  const env = {
    DATABASE_URL: `sqlite:${joinPath(folder, "newsletter.db")}`,
    SITE_SEND_HOUR: `${RULES.sendHour}`,
    SITE_SEND_DAY: `${RULES.sendDay}`,
    SITE_WEEKLY_CAP: `${RULES.cap}`,
  };
  const stage = await openStage({ clock: testClock(START), env });
  try {
    // What this run writes need not survive a power cut.
    await sql`pragma synchronous = off`.execute(stage.world.ctx.db);
    await sql`pragma cache_size = -262144`.execute(stage.world.ctx.db);
    return await playYear(stage, options);
  } finally {
    await stage.world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function playYear(stage: Stage, options: SimulationOptions): Promise<SimulationReport> {
  const { readers, articles, versions, days, seed, say } = options;
  const begun = performance.now();
  const slugs = (await listTopics(stage.world.ctx.db)).map((topic) => topic.slug);
  const population = populate(seeded(seed), readers, slugs, START, days);
  const script = write(seeded(seed + 1), articles, versions, slugs, START, days);
  const cast = await settleIn(stage, population.first);
  say(`${readers} readers drawn, ${cast.length} of them there from the start`);
  await live(stage, cast, population, script, options, begun);
  const judging = performance.now();
  const verdict = await judgeAll(stage, cast);
  const editions = await countRows(stage, "digest");
  return {
    events: stage.log.shared.filter((entry) => entry.kind === "event").length,
    looks: stage.log.shared.filter((entry) => entry.kind === "look").length,
    editions,
    mails: stage.recorder.count(),
    ...verdict,
    seconds: secondsSince(begun),
    judgingSeconds: secondsSince(judging),
    peakRssMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

const secondsSince = (at: number): number => Math.round((performance.now() - at) / 1000);

/** Those who read from the start; gives the subscriber of each number. */
async function settleIn({ world, log }: Stage, choices: Choice[]): Promise<Member[]> {
  const cast: Member[] = [];
  const groups = new Map<string, number[]>();
  for (const [number, choice] of choices.entries()) {
    const key = JSON.stringify(choice);
    const group = groups.get(key) ?? [];
    group.push(number);
    groups.set(key, group);
  }
  for (const [key, numbers] of groups) {
    const choice = JSON.parse(key) as Choice;
    const ids = await addReaders(
      world.ctx,
      numbers.map((number) => `reader${number}@example.org`),
      choice,
    );
    for (const [place, number] of numbers.entries()) {
      const id = ids[place] as number;
      cast[number] = { id, choice };
      log.one(id, { kind: "join", at: world.clock(), choice });
    }
  }
  return cast;
}

/** A reader as a subscriber; no choice after leaving. */
interface Member {
  id: number;
  choice: Choice | null;
}

async function live(
  stage: Stage,
  cast: Member[],
  { lives }: Population,
  script: VersionEntry[],
  { days, say }: SimulationOptions,
  begun: number,
): Promise<void> {
  const { clock, ctx } = stage.world;
  const purge = registry(ctx).sweep;
  const writing = createWriter(stage);
  let [life, version] = [0, 0];
  for (let tick = START; tick <= START + days * DAY; tick += TICK) {
    for (;;) {
      const [mine, theirs] = [lives[life], script[version]];
      const at = Math.min(mine?.at ?? Number.POSITIVE_INFINITY, theirs?.at ?? Number.POSITIVE_INFINITY);
      if (at > tick) break;
      clock.set(at);
      if (mine?.at === at) {
        await perform(stage, cast, mine);
        life += 1;
      } else {
        await writing(theirs as VersionEntry);
        version += 1;
      }
    }
    clock.set(tick);
    await look(stage);
    if (tick % (7 * DAY) === 0) await purge("purge");
    if ((tick - START) % (7 * DAY) === 0) {
      const rss = Math.round(process.memoryUsage().rss / 2 ** 20);
      say(`day ${(tick - START) / DAY}: ${stage.recorder.count()} mails, ${secondsSince(begun)} s, ${rss} MB`);
    }
  }
}

async function perform(stage: Stage, cast: Member[], entry: LifeEntry): Promise<void> {
  const member = cast[entry.reader];
  if (entry.do === "join") {
    if (member?.choice) return;
    cast[entry.reader] = { id: await join(stage, member?.id ?? null, entry.choice), choice: entry.choice };
  }
  if (!member?.choice) return;
  if (entry.do === "change") {
    await change(stage, member.id, entry.choice);
    member.choice = entry.choice;
  } else if (entry.do === "pause") await pause(stage, member.id, member.choice, entry.weeks);
  else if (entry.do === "leave") {
    await leave(stage, member.id);
    member.choice = null;
  }
}

function createWriter(stage: Stage): (entry: VersionEntry) => Promise<void> {
  const reviews = new Map<string, string>();
  let words = 0;
  return async ({ at, slug, topics, reviewed }) => {
    words += 1;
    const reviewedOn = reviewed ? new Date(at).toISOString().slice(0, 10) : (reviews.get(slug) ?? "2025-01-01");
    reviews.set(slug, reviewedOn);
    await publish(stage, slug, { topics, reviewedOn, text: `A lamp costs ${words} dollars.` });
  };
}

const PAGE = 2000;

async function judgeAll(stage: Stage, cast: Member[]): Promise<Verdict> {
  const oracle = createOracle(stage.log, RULES);
  const total: Verdict = { pairs: 0, ...NOTHING_WRONG, twice: stage.recorder.repeated() };
  const last = Math.max(...(await lastIds(stage)));
  for (let first = 1; first <= last; first += PAGE) {
    const told = await toldTo(stage, first, first + PAGE - 1);
    for (let id = first; id < first + PAGE && id <= last; id += 1) addTo(total, judge(oracle(id), told.get(id) ?? []));
  }
  if (cast.length > last) throw new Error("some readers were never subscribers");
  return total;
}

async function lastIds({ world }: Stage): Promise<number[]> {
  const row = await world.ctx.db
    .selectFrom("subscriber")
    .select((eb) => eb.fn.max<number>("id").as("last"))
    .executeTakeFirstOrThrow();
  return [row.last];
}

async function countRows({ world }: Stage, table: "digest"): Promise<number> {
  const row = await world.ctx.db
    .selectFrom(table)
    .select((eb) => eb.fn.countAll<number>().as("count"))
    .executeTakeFirstOrThrow();
  return row.count;
}
