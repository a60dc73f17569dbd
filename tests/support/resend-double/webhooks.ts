import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Notice, sign, strangerOf } from "./notices.ts";
import { seeded } from "./random.ts";
import type { Settings, WebhookSettings } from "./settings.ts";

const AT_ONCE = 16;
const RETRY_MS = [50, 200, 800, 2000, ...Array<number>(20).fill(5000)];
/** Whoever does not answer within this long is asked again: `fetch` may wait for ever on a process that was killed. */
const PATIENCE_MS = 15_000;

/** One attempt to hand a notice over; status 0 when nobody answered. */
export interface Attempt {
  id: string;
  type: string;
  status: number;
}

/** A notice that was taken, as far as it matters to what must follow. */
export interface TakenNotice {
  /** The provider's message id. */
  message: string;
  to: string;
  type: string;
  /** `Permanent` or `Transient` of a bounce, else null. */
  bounce: string | null;
}

/** What was done with notices: those sent, and how many of them were taken, never taken, or made to arrive so. */
export interface NoticeCounts {
  sent: number;
  attempts: number;
  taken: number;
  givenUp: number;
  doubled: number;
  late: number;
  early: number;
  unknown: number;
}

export interface WebhookSender {
  /**
   * Sends notices, each message's own in their order unless there is jitter; `early` ones wait for nothing. Ends when all
   * arrived or were given up.
   */
  send(notices: Notice[], early?: boolean): Promise<void>;
  /** Whether the notices of the next request come before its answer. */
  isEarly(): boolean;
  /** Lets go the notices that were held back, and ends like `send`. */
  release(): Promise<void>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
  attempts(): readonly Attempt[];
  taken(): readonly TakenNotice[];
  counts(): NoticeCounts;
  clear(): void;
  close(): void;
}

/** Delivers signed notices to `settings.webhooks.url`, with its delays, doubles and retries. */
export function createWebhookSender(settings: Settings, clock: () => number): WebhookSender {
  const attempts: Attempt[] = [];
  const taken: TakenNotice[] = [];
  let tally = newTally();
  const ending = new AbortController();
  setMaxListeners(0, ending.signal);
  const slots = createSlots(AT_ONCE);
  const underway = new Set<Promise<void>>();
  const draw = seeded(settings.seed);
  let held: Notice[] = [];

  const track = (work: Promise<void>) => {
    const ended = work.catch((error) => {
      if (!ending.signal.aborted) throw error;
    });
    underway.add(ended);
    return ended.finally(() => underway.delete(ended));
  };
  const start = async (to: WebhookSettings, notices: Notice[], early: boolean) => {
    tally.sent += notices.length;
    if (early) tally.early += notices.length;
    const lateness = () => {
      if (!to.late || draw() >= to.late.share) return 0;
      tally.late++;
      return to.late.ms;
    };
    const arrive = async (notice: Notice) => {
      const waitMs = early ? 0 : (to.delayMs ?? 0) + draw() * (to.jitterMs ?? 0) + lateness();
      await wait(waitMs, undefined, { signal: ending.signal });
      await handOver(to, notice);
      if (draw() < (to.doubled ?? 0)) {
        tally.doubled++;
        await handOver(to, notice);
      }
      if (draw() < (to.unknown ?? 0)) {
        tally.unknown++;
        await handOver(to, strangerOf(notice));
      }
    };
    if (to.jitterMs && !early) await Promise.all(notices.map(arrive));
    else for (const notice of notices) await arrive(notice);
  };
  const handOver = async (to: WebhookSettings, notice: Notice) => {
    for (const pause of [0, ...(to.retryMs ?? RETRY_MS)]) {
      if (pause > 0) await wait(pause, undefined, { signal: ending.signal });
      const status = await slots(() => post(to, notice, clock(), ending.signal));
      attempts.push({ id: notice.id, type: notice.body.type, status });
      tally.attempts++;
      if (status < 200 || status >= 300) continue;
      tally.taken++;
      taken.push(briefOf(notice));
      return;
    }
    tally.givenUp++;
  };
  return {
    send: async (notices, early = false) => {
      const to = settings.webhooks;
      if (!to || notices.length === 0) return;
      if (to.held) held.push(...notices);
      else await track(start(to, notices, early));
    },
    isEarly: () => {
      const share = Number(settings.webhooks?.early ?? 0);
      return share > 0 && draw() < share;
    },
    release: async () => {
      const [to, notices] = [settings.webhooks, held];
      held = [];
      if (to) await track(start(to, notices, false));
    },
    idle: async () => {
      while (underway.size > 0) await Promise.all(underway);
    },
    attempts: () => attempts,
    taken: () => taken,
    counts: () => tally,
    clear: () => {
      attempts.length = 0;
      taken.length = 0;
      tally = newTally();
      held = [];
    },
    close: () => ending.abort(),
  };
}

function newTally(): NoticeCounts {
  return { sent: 0, attempts: 0, taken: 0, givenUp: 0, doubled: 0, late: 0, early: 0, unknown: 0 };
}

function briefOf({ body: { type, data } }: Notice): TakenNotice {
  const { email_id, to, bounce } = data as { email_id: string; to: string[]; bounce?: { type: string } };
  return { message: email_id, to: to[0] ?? "", type, bounce: bounce?.type ?? null };
}

async function post(to: WebhookSettings, notice: Notice, now: number, signal: AbortSignal): Promise<number> {
  const body = JSON.stringify(notice.body);
  try {
    const response = await fetch(to.url, {
      method: "POST",
      headers: sign(to.secret, notice.id, body, now),
      body,
      signal: AbortSignal.any([signal, AbortSignal.timeout(PATIENCE_MS)]),
    });
    await response.arrayBuffer();
    return response.status;
  } catch (error) {
    if (signal.aborted) throw error;
    return 0;
  }
}

/** Runs at most `count` pieces of work at once, first come first served. */
function createSlots(count: number) {
  const waiting: (() => void)[] = [];
  let free = count;
  return async <T>(work: () => Promise<T>): Promise<T> => {
    if (free > 0) free--;
    else await new Promise<void>((go) => waiting.push(go));
    try {
      return await work();
    } finally {
      const next = waiting.shift();
      if (next) next();
      else free++;
    }
  };
}
