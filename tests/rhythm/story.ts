import fc from "fast-check";
import { testClock } from "../support/context.ts";
import { judgeBounds } from "./bounds.ts";
import { type Choice, createOracle, editionsOf, type Rules } from "./oracle.ts";
import {
  cancelNewest,
  change,
  join,
  leave,
  look,
  openStage,
  pause,
  publish,
  type Stage,
  send,
  toldTo,
} from "./stage.ts";
import { addTo, judge, NOTHING_WRONG, type Verdict } from "./verdict.ts";

/** Zones of every kind: whole, half and quarter hours, both hemispheres, none, half an hour and two hours of saving. */
const ZONES = [
  "UTC",
  "Europe/Madrid",
  "America/New_York",
  "America/St_Johns",
  "America/Havana",
  "Asia/Kathmandu",
  "Asia/Kolkata",
  "Australia/Lord_Howe",
  "Pacific/Chatham",
  "Pacific/Apia",
  "Pacific/Kiritimati",
  "Antarctica/Troll",
];
const TOPICS = ["adhd", "anxiety", "depression"];
const FIRST_DAY = Date.UTC(2026, 0, 12);
const DAY = 86_400_000;
const MINUTE = 60_000;
/** Looks that are further apart make up for what was missed. */
const OUTAGE = 3_600_000;

const topics = fc.subarray(TOPICS);
const reader = fc.nat(4);

const choiceIn = (zones: string[]): fc.Arbitrary<Choice> =>
  fc.record({
    topics,
    cadence: fc.constantFrom("weekly", "daily", "monthly", "immediate"),
    timezone: fc.constantFrom(...zones),
  });

const deedOf = (choice: fc.Arbitrary<Choice>) =>
  fc.oneof(
    { weight: 14, arbitrary: fc.record({ do: fc.constant("publish" as const), topics, article: fc.nat(5) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("join" as const), reader, choice }) },
    { weight: 6, arbitrary: fc.record({ do: fc.constant("change" as const), reader, choice }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("pause" as const), reader, weeks: fc.nat(12) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("leave" as const), reader }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("send" as const), picked: fc.option(fc.nat(20)) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant("cancel" as const) }) },
    {
      weight: 1,
      arbitrary: fc.record({ do: fc.constant("outage" as const), hours: fc.integer({ min: 1, max: 700 }) }),
    },
  );

const storyIn = (zones: string[], longest: number) => {
  const choice = choiceIn(zones);
  return fc.record({
    days: fc.integer({ min: 20, max: longest }),
    sendHour: fc.constantFrom(8, 0, 2, 23),
    sendDay: fc.integer({ min: 1, max: 7 }),
    cap: fc.constantFrom(null, 1, 2, 7),
    /** Minutes from an edition's hour to the look that finds it. */
    delay: fc.nat(50),
    readers: fc.array(choice, { minLength: 1, maxLength: 5, size: "max" }),
    deeds: fc.array(fc.tuple(fc.nat(1000), fc.nat(1439), deedOf(choice)), { maxLength: 60, size: "max" }),
  });
};

/** Some readers, and what happens to them over months. */
export const story = storyIn(ZONES, 400);
/** The same within weeks and two zones: much happens while an edition is under way. */
export const busyStory = storyIn(["UTC", "Pacific/Apia"], 40);
export type Story = typeof story extends fc.Arbitrary<infer T> ? T : never;
type Deed = Story["deeds"][number][2];

/** A story that is being played. */
interface Play {
  stage: Stage;
  /** Readers by their number in the story: the subscriber, and the choice they have now; null once they left. */
  cast: Map<number, { id: number; choice: Choice | null }>;
  events: number;
  /** Until when nobody works. */
  downUntil: number;
  reviews: number;
  /** How many are done a look. */
  jobs: number;
}

/** Plays a story with every edition planned and sent at the look that builds it, and holds what readers were told against the oracle. */
export function play(tale: Story, env: Record<string, string> = {}): Promise<Verdict> {
  return perform(tale, env, Number.POSITIVE_INFINITY, verdictOn);
}

/**
 * Plays a story in which only so many jobs are done a look, so that readers change their minds, leave and come back
 * while an edition is being planned and sent, then lets everything settle. Nobody can say when each of them must be told
 * then, but whether.
 */
export function playSlowly(tale: Story, jobs: number, env: Record<string, string> = {}): Promise<Verdict> {
  return perform(tale, env, jobs, async (stage) => {
    await settle(stage, tale);
    return boundsOn(stage);
  });
}

type Judge = (stage: Stage, rules: Rules) => Promise<Verdict>;

async function perform(tale: Story, env: Record<string, string>, jobs: number, judgeBy: Judge): Promise<Verdict> {
  const clock = testClock(FIRST_DAY);
  const { sendHour, sendDay, cap } = tale;
  const site = { SITE_SEND_HOUR: `${sendHour}`, SITE_SEND_DAY: `${sendDay}`, SITE_WEEKLY_CAP: `${cap ?? 0}` };
  const stage = await openStage({ clock, env: { ...site, ...env } });
  try {
    const cast: Play["cast"] = new Map();
    for (const [number, one] of tale.readers.entries()) {
      cast.set(number, { id: await join(stage, null, one), choice: one });
    }
    await act({ stage, cast, events: 0, downUntil: 0, reviews: 0, jobs }, tale);
    return await judgeBy(stage, { sendHour, sendDay, cap });
  } finally {
    await stage.world.close();
  }
}

/** Everything in the order of time; what is of one time in the order of the story. */
async function act(scene: Play, tale: Story): Promise<void> {
  const moments = new Map<number, Deed[]>(looksOf(tale).map((at) => [at, []]));
  for (const [share, minute, what] of tale.deeds) {
    const at = FIRST_DAY + Math.floor((share / 1001) * tale.days) * DAY + minute * MINUTE;
    moments.set(at, [...(moments.get(at) ?? []), what]);
  }
  for (const [at, deeds] of [...moments].sort(([a], [b]) => a - b)) {
    scene.stage.world.clock.set(at);
    for (const what of deeds) await deal(scene, what);
    const quiet = deeds.every((what) => what.do !== "publish");
    if (at >= scene.downUntil && (deeds.length === 0 || !quiet)) await look(scene.stage, scene.jobs);
  }
}

async function deal(scene: Play, what: Deed): Promise<void> {
  const { stage, cast } = scene;
  const at = stage.world.clock();
  if (what.do === "publish") {
    scene.reviews += 1;
    const reviewedOn = new Date(at - (300 - scene.reviews) * DAY).toISOString().slice(0, 10);
    const made = await publish(stage, `a${what.article}`, {
      topics: what.topics,
      reviewedOn,
      text: `Text ${scene.reviews}`,
    });
    if (made) scene.events += 1;
  } else if (what.do === "cancel") {
    if (scene.jobs < Number.POSITIVE_INFINITY) await cancelNewest(stage);
  } else if (what.do === "outage") {
    scene.downUntil = Math.max(scene.downUntil, at + what.hours * 3_600_000);
  } else if (what.do === "send") {
    if (at < scene.downUntil || (what.picked !== null && scene.events === 0)) return;
    await send(stage, what.picked === null ? null : [1 + (what.picked % scene.events)], scene.jobs);
  } else await live(scene, what, cast.get(what.reader));
}

async function live(
  { stage, cast }: Play,
  what: Exclude<Deed, { do: "publish" | "outage" | "send" | "cancel" }>,
  known: { id: number; choice: Choice | null } | undefined,
): Promise<void> {
  if (what.do === "join") {
    if (known?.choice) return;
    cast.set(what.reader, { id: await join(stage, known?.id ?? null, what.choice), choice: what.choice });
  }
  if (!known?.choice) return;
  if (what.do === "change") {
    await change(stage, known.id, what.choice);
    known.choice = what.choice;
  } else if (what.do === "pause") await pause(stage, known.id, known.choice, what.weeks);
  else if (what.do === "leave") {
    await leave(stage, known.id);
    known.choice = null;
  }
}

/** When the calendar is looked at: some minutes after the hour of every rhythm of the story, and at its end. */
function looksOf({ days, delay, readers, deeds, ...rules }: Story, first = FIRST_DAY): number[] {
  const choices = [...readers, ...deeds.flatMap(([, , what]) => ("choice" in what ? [what.choice] : []))];
  const end = first + days * DAY;
  const looks = choices.flatMap(({ cadence, timezone }) =>
    cadence === "immediate" ? [] : editionsOf(cadence, timezone, first, end, rules),
  );
  return [first, ...looks.map((at) => at + delay * MINUTE), end];
}

/** The longest pause, and a month until the next edition. */
const SETTLING_DAYS = 12 * 7 + 38;

async function settle(stage: Stage, tale: Story): Promise<void> {
  const looks = looksOf({ ...tale, days: SETTLING_DAYS }, FIRST_DAY + (tale.days + 1) * DAY);
  for (const at of [...new Set(looks)].sort((a, b) => a - b)) {
    stage.world.clock.set(at);
    await look(stage);
  }
}

/** For stories in which nobody can say when: never twice, nobody without, nobody who should not. */
async function boundsOn(stage: Stage): Promise<Verdict> {
  const told = await toldTo(stage, 0, Number.MAX_SAFE_INTEGER);
  const total: Verdict = { pairs: 0, ...NOTHING_WRONG, twice: stage.recorder.repeated() };
  for (const { id } of await stage.world.ctx.db.selectFrom("subscriber").select("id").execute()) {
    addTo(total, judgeBounds(stage.log, id, told.get(id) ?? []));
  }
  return total;
}

async function verdictOn(stage: Stage, rules: Rules): Promise<Verdict> {
  const looks = stage.log.shared.flatMap((entry) => (entry.kind === "look" ? [entry.at] : []));
  const before = new Map(looks.map((at, index) => [at, looks[index - 1] ?? 0]));
  const oracle = createOracle(stage.log, rules);
  const told = await toldTo(stage, 0, Number.MAX_SAFE_INTEGER);
  const total: Verdict = { pairs: 0, ...NOTHING_WRONG, twice: stage.recorder.repeated() };
  const rows = await stage.world.ctx.db.selectFrom("subscriber").select("id").execute();
  for (const { id } of rows) {
    addTo(
      total,
      judge(oracle(id), told.get(id) ?? [], (at) => at - (before.get(at) ?? 0) > OUTAGE),
    );
  }
  return total;
}
