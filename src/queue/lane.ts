import type { Job } from "./queue.ts";

/** One job in memory. `id` is its name and key. */
export interface Entry {
  id: string;
  job: Job;
  priority: number;
  failures: number;
  state: "waiting" | "delayed" | "active";
  timer: NodeJS.Timeout | undefined;
}

/** Jobs of one priority in the order they came; taking from the front costs the same however many wait. */
interface Line {
  entries: Entry[];
  head: number;
}

/** `setTimeout` fires at once for anything longer. */
const LONGEST_TIMER_MS = 2 ** 31 - 1;

/** The jobs of one lane and the rule of how many may start. */
export class LaneOfJobs {
  readonly #entries = new Map<string, Entry>();
  readonly #lines = new Map<number, Line>();
  readonly #onReady: () => void;
  #waiting = 0;
  active = 0;
  #limit = { max: Number.POSITIVE_INFINITY, perMs: 0 };
  #window = { started: 0, until: 0 };
  #restUntil = 0;

  /** `onReady` is called when a job came to wait. */
  constructor(onReady: () => void) {
    this.#onReady = onReady;
  }

  get counts(): { waiting: number; delayed: number; active: number } {
    const delayed = this.#entries.size - this.#waiting - this.active;
    return { waiting: this.#waiting, delayed, active: this.active };
  }

  add(job: Job, priority: number, delayMs: number): void {
    const id = `${job.name}-${job.key}`;
    if (this.#entries.has(id)) return;
    const entry: Entry = { id, job, priority, failures: 0, state: "delayed", timer: undefined };
    this.#entries.set(id, entry);
    this.delay(entry, delayMs);
  }

  /** Lets an entry wait after so many milliseconds. */
  delay(entry: Entry, ms: number): void {
    this.#leave(entry, "delayed");
    const step = Math.min(ms, LONGEST_TIMER_MS);
    if (step <= 0) this.#wait(entry);
    else entry.timer = setTimeout(() => this.delay(entry, ms - step), step);
  }

  /** Takes the next entry that may start now. */
  take(now: number): Entry | undefined {
    if (this.#waiting === 0 || this.pauseMs(now) > 0) return undefined;
    const entry = this.#shift();
    if (!entry) return undefined;
    if (now >= this.#window.until) this.#window = { started: 0, until: now + this.#limit.perMs };
    this.#window.started++;
    this.#waiting--;
    this.active++;
    entry.state = "active";
    return entry;
  }

  /** Milliseconds until the next start is allowed; 0: now. */
  pauseMs(now: number): number {
    const full = now < this.#window.until && this.#window.started >= this.#limit.max;
    return Math.max(0, this.#restUntil - now, full ? this.#window.until - now : 0);
  }

  /** Starts nothing for so long; `entry` is first after that. */
  rest(entry: Entry, ms: number, now: number): void {
    this.#restUntil = Math.max(this.#restUntil, now + ms);
    this.#leave(entry, "waiting");
    this.#wait(entry, true);
  }

  /** Starts nothing for so long. */
  pause(ms: number, now: number): void {
    this.#restUntil = Math.max(this.#restUntil, now + ms);
  }

  done(entry: Entry): void {
    this.#leave(entry, "delayed");
    this.#entries.delete(entry.id);
  }

  setLimit(max: number, perMs: number): void {
    this.#limit = { max, perMs };
  }

  /** Forgets everything; jobs under way end by themselves. */
  clear(): void {
    for (const entry of this.#entries.values()) clearTimeout(entry.timer);
    this.#entries.clear();
    this.#lines.clear();
    this.#waiting = 0;
  }

  #leave(entry: Entry, state: Entry["state"]): void {
    if (entry.state === "active") this.active--;
    entry.state = state;
  }

  #wait(entry: Entry, first = false): void {
    entry.state = "waiting";
    entry.timer = undefined;
    this.#waiting++;
    const line = this.#lines.get(entry.priority) ?? { entries: [], head: 0 };
    this.#lines.set(entry.priority, line);
    if (!first) line.entries.push(entry);
    else if (line.head > 0) line.entries[--line.head] = entry;
    else line.entries.unshift(entry);
    this.#onReady();
  }

  #shift(): Entry | undefined {
    const priority = Math.min(...this.#lines.keys());
    const line = this.#lines.get(priority);
    const entry = line?.entries[line.head++];
    if (line && line.head === line.entries.length) this.#lines.delete(priority);
    return entry;
  }
}
