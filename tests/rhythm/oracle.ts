/**
 * Says whom what should have been told, and when. Slow and obvious on purpose, and written from these rules, not from
 * the code: it knows no watermark, no digest and no database, and shares nothing with `src`.
 *
 *  1. A reader hears of events after their confirmation, until they leave. Coming back is a new beginning.
 *  2. An event waits for each reader until an edition of theirs decides it: told when one of its topics is among the
 *     reader's at that moment (no topics: all of them; an event without topics is everyone's), gone when not.
 *  3. An edition comes when the reader's own clock first shows the sending hour: every day, on the sending day of the
 *     week, or on its first one of the month. Those who want news at once have an edition at every look.
 *  4. Editions leave when the calendar is looked at. After an outage the first look makes up for it, once. Whoever joins
 *     a rhythm or a zone after the hour waits for its next edition.
 *  5. A reader who pauses is not decided: everything waits.
 *  6. Nor is one who had as many mails as the cap allows within a week less two hours.
 *  7. What an editor sends goes to every reader as an edition would. Events an editor picks go to whoever was not told
 *     them, waiting or not, and are not told again; what was not picked still waits.
 *  8. All that an edition tells comes in one mail; nothing to tell, no mail.
 */

export interface Rules {
  /** Hour of the day, 0 to 23. */
  sendHour: number;
  /** ISO weekday. */
  sendDay: number;
  /** Mails a week at most. */
  cap: number | null;
}

export interface Choice {
  topics: string[];
  cadence: "immediate" | "daily" | "weekly" | "monthly";
  timezone: string;
}

/** What happened to everyone, and to one reader. Times are milliseconds; entries of one time stand in their order. */
export type Shared =
  | { kind: "event"; at: number; seq: number; topics: string[] }
  | { kind: "look"; at: number }
  | { kind: "send"; at: number; picked: number[] | null };
export type Own =
  | { kind: "join" | "change"; at: number; choice: Choice }
  | { kind: "pause"; at: number; until: number | null }
  | { kind: "leave"; at: number };

/** An entry and its place in the order of everything. */
export type Placed<T> = T & { place: number };

/** One event that one reader is told: by the mail at `at`, which could not have left before `since`. */
export interface Telling {
  seq: number;
  at: number;
  since: number;
}

const HOUR = 3_600_000;
const QUARTER = HOUR / 4;
const DAY = 24 * HOUR;
const CAP_WINDOW = 7 * DAY - 2 * HOUR;

/** The log of everything, written as it happens. */
export class Log {
  readonly shared: Placed<Shared>[] = [];
  readonly #own = new Map<number, Placed<Own>[]>();
  #place = 0;

  all(entry: Shared): void {
    this.#place += 1;
    this.shared.push({ ...entry, place: this.#place });
  }

  one(reader: number, entry: Own): void {
    this.#place += 1;
    const list = this.#own.get(reader) ?? [];
    list.push({ ...entry, place: this.#place });
    this.#own.set(reader, list);
  }

  of(reader: number): Placed<Own>[] {
    return this.#own.get(reader) ?? [];
  }
}

/** What one reader stands at while the log goes by. */
class Reader {
  readonly told: Telling[] = [];
  choice: Choice | null = null;
  waiting: { seq: number; at: number; topics: string[] }[] = [];
  readonly #seqs = new Set<number>();
  readonly #mails: number[] = [];
  readonly #cap: number | null;
  #pausedUntil = 0;
  #changedAt = 0;

  constructor(cap: number | null) {
    this.#cap = cap;
  }

  live(entry: Own): void {
    this.#changedAt = entry.at;
    if (entry.kind === "pause") this.#pausedUntil = entry.until ?? 0;
    else if (entry.kind === "leave") this.choice = null;
    else {
      if (entry.kind === "join") [this.waiting, this.#pausedUntil] = [[], 0];
      this.choice = entry.choice;
    }
  }

  /** Whether an edition at `at` decides this reader; `since` is when it came due, null for at once. */
  decide(at: number, since: number | null, offered: Reader["waiting"]): boolean {
    const room = this.#roomSince(at);
    if (this.choice === null || this.#pausedUntil > at || room === null) return false;
    const { topics } = this.choice;
    const wanted = offered.filter((event) => isWanted(topics, event.topics) && !this.#seqs.has(event.seq));
    if (wanted.length === 0) return true;
    const news = Math.min(...wanted.map((event) => event.at));
    const earliest = since ?? Math.max(news, room, this.#changedAt, this.#pausedUntil);
    for (const { seq } of wanted) {
      this.#seqs.add(seq);
      this.told.push({ seq, at, since: earliest });
    }
    this.#mails.push(at);
    return true;
  }

  /** Since when the cap lets a mail through; null when it does not. */
  #roomSince(at: number): number | null {
    if (this.#cap === null) return 0;
    const last = this.#mails.at(-this.#cap);
    if (last === undefined) return 0;
    return last > at - CAP_WINDOW ? null : last + CAP_WINDOW;
  }
}

/** Asks for one reader after the other what they should have been told, in order. */
export function createOracle(log: Log, rules: Rules): (reader: number) => Telling[] {
  const { shared } = log;
  const events = new Map(shared.flatMap((entry) => (entry.kind === "event" ? [[entry.seq, entry]] : [])));
  const calendars = new Map<string, Due>();
  const calendarOf = ({ cadence, timezone }: Choice): Due => {
    const name = `${cadence} ${timezone}`;
    const due = calendars.get(name) ?? dueAtLooks(shared, cadence, timezone, rules);
    calendars.set(name, due);
    return due;
  };

  return (id) => {
    const reader = new Reader(rules.cap);
    const own = log.of(id);
    let due: Due = [];
    let next = 0;
    for (let index = 0; index < shared.length; index += 1) {
      const entry = shared[index] as Placed<Shared>;
      for (let mine = own[next]; mine && mine.place < entry.place; mine = own[next]) {
        reader.live(mine);
        if (reader.choice) due = calendarOf(reader.choice);
        next += 1;
      }
      if (reader.choice === null) continue;
      if (entry.kind === "event") reader.waiting.push(entry);
      else if (entry.kind === "send") {
        const offered = entry.picked?.flatMap((seq) => events.get(seq) ?? []) ?? reader.waiting;
        if (reader.decide(entry.at, entry.at, offered) && entry.picked === null) reader.waiting = [];
      } else if (reader.waiting.length > 0) {
        const since = reader.choice.cadence === "immediate" ? null : due[index];
        if (since !== undefined && reader.decide(entry.at, since, reader.waiting)) reader.waiting = [];
      }
    }
    return reader.told;
  };
}

function isWanted(topics: string[], about: string[]): boolean {
  return topics.length === 0 || about.length === 0 || about.some((topic) => topics.includes(topic));
}

/** By the index of an entry: when the edition came due that leaves at this look. */
type Due = (number | undefined)[];

function dueAtLooks(shared: Shared[], cadence: Choice["cadence"], timezone: string, rules: Rules): Due {
  const due: Due = shared.map(() => undefined);
  const [first, last] = [shared[0]?.at ?? 0, shared.at(-1)?.at ?? 0];
  const editions = cadence === "immediate" ? [] : editionsOf(cadence, timezone, first, last, rules);
  let [before, next] = [Number.POSITIVE_INFINITY, 0];
  for (const [index, entry] of shared.entries()) {
    if (entry.kind !== "look") continue;
    for (; (editions[next] ?? Number.POSITIVE_INFINITY) <= entry.at; next += 1) {
      if ((editions[next] as number) > before) due[index] = editions[next] as number;
    }
    before = entry.at;
  }
  return due;
}

/** When each edition of a rhythm came due in a zone, by the clock on the wall there. */
export function editionsOf(
  cadence: Exclude<Choice["cadence"], "immediate">,
  timezone: string,
  first: number,
  last: number,
  { sendHour, sendDay }: Rules,
): number[] {
  const editions: number[] = [];
  const seen = new Set<string>();
  for (let year = yearOf(first - 2 * DAY); year <= yearOf(last); year += 1) {
    for (const { at, day, hour } of hoursOf(timezone, year)) {
      if (at > last || hour < sendHour || seen.has(day)) continue;
      if (at >= first && isEdition(cadence, day, sendDay)) editions.push(at);
      seen.add(day);
    }
  }
  return editions;
}

const yearOf = (at: number): number => new Date(at).getUTCFullYear();

function isEdition(cadence: "daily" | "weekly" | "monthly", day: string, sendDay: number): boolean {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay() || 7;
  if (cadence === "daily") return true;
  return weekday === sendDay && (cadence === "weekly" || Number(day.slice(8)) <= 7);
}

interface Hour {
  at: number;
  day: string;
  hour: number;
}

const hours = new Map<string, Hour[]>();

/** Every moment of a year at which the clock of a zone shows another hour, looked at each quarter of an hour. */
function hoursOf(timezone: string, year: number): Hour[] {
  const known = hours.get(`${timezone} ${year}`);
  if (known) return known;
  const list: Hour[] = [];
  for (let at = Date.UTC(year, 0); at < Date.UTC(year + 1, 0); at += QUARTER) {
    const shown = wallClock(timezone, at);
    const before = list.at(-1);
    if (before?.day !== shown.day || before.hour !== shown.hour) list.push({ at, ...shown });
  }
  hours.set(`${timezone} ${year}`, list);
  return list;
}

const clocks = new Map<string, Intl.DateTimeFormat>();

/** The day and the hour that a clock on the wall of a zone shows. */
function wallClock(timezone: string, at: number): { day: string; hour: number } {
  const clock =
    clocks.get(timezone) ??
    new Intl.DateTimeFormat("sv-SE", { timeZone: timezone, dateStyle: "short", timeStyle: "short" });
  clocks.set(timezone, clock);
  const shown = clock.format(at);
  return { day: shown.slice(0, 10), hour: Number(shown.slice(11, 13)) };
}
