import { setMaxListeners } from "node:events";
import { setTimeout as wait } from "node:timers/promises";
import { type Notice, sign } from "./notices.ts";
import { seeded } from "./random.ts";
import type { Settings, WebhookSettings } from "./settings.ts";

const AT_ONCE = 16;
const RETRY_MS = [50, 200, 800, 2000, 5000];

/** One attempt to hand a notice over; status 0 when nobody answered. */
export interface Attempt {
  id: string;
  type: string;
  status: number;
}

export interface WebhookSender {
  /** Sends notices, each message's own in their order unless there is jitter. Ends when all arrived or were given up. */
  send(notices: Notice[]): Promise<void>;
  /** Lets go the notices that were held back, and ends like `send`. */
  release(): Promise<void>;
  /** Resolves when nothing is on its way. */
  idle(): Promise<void>;
  attempts(): readonly Attempt[];
  clear(): void;
  close(): void;
}

/** Delivers signed notices to `settings.webhooks.url`, with its delays, doubles and retries. */
export function createWebhookSender(settings: Settings, clock: () => number): WebhookSender {
  const attempts: Attempt[] = [];
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
  const start = async (to: WebhookSettings, notices: Notice[]) => {
    const arrive = async (notice: Notice) => {
      await wait((to.delayMs ?? 0) + draw() * (to.jitterMs ?? 0), undefined, { signal: ending.signal });
      await handOver(to, notice);
      if (draw() < (to.doubled ?? 0)) await handOver(to, notice);
    };
    if (to.jitterMs) await Promise.all(notices.map(arrive));
    else for (const notice of notices) await arrive(notice);
  };
  const handOver = async (to: WebhookSettings, notice: Notice) => {
    for (const pause of [0, ...(to.retryMs ?? RETRY_MS)]) {
      if (pause > 0) await wait(pause, undefined, { signal: ending.signal });
      const status = await slots(() => post(to, notice, clock(), ending.signal));
      attempts.push({ id: notice.id, type: notice.body.type, status });
      if (status >= 200 && status < 300) return;
    }
  };
  return {
    send: async (notices) => {
      const to = settings.webhooks;
      if (!to || notices.length === 0) return;
      if (to.held) held.push(...notices);
      else await track(start(to, notices));
    },
    release: async () => {
      const [to, notices] = [settings.webhooks, held];
      held = [];
      if (to) await track(start(to, notices));
    },
    idle: async () => {
      while (underway.size > 0) await Promise.all(underway);
    },
    attempts: () => attempts,
    clear: () => {
      attempts.length = 0;
      held = [];
    },
    close: () => ending.abort(),
  };
}

async function post(to: WebhookSettings, notice: Notice, now: number, signal: AbortSignal): Promise<number> {
  const body = JSON.stringify(notice.body);
  try {
    const response = await fetch(to.url, {
      method: "POST",
      headers: sign(to.secret, notice.id, body, now),
      body,
      signal,
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
