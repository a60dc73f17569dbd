import { failure, type Reply } from "./reply.ts";

const DAY_MS = 86_400_000;

interface Entry {
  hash: string;
  at: number;
  /** Null while the first request under the key is still being worked on. */
  reply: (() => Reply) | null;
}

/** The provider's memory of idempotency keys: 24 hours, one for the team, only of requests that it took. */
export interface KeyMemory {
  /** The answer to a request whose key is known or malformed; null when the request is to be worked on. */
  recall(key: string, hash: string): Reply | null;
  begin(key: string, hash: string): void;
  /** `reply` gives the answer anew, so that only what it is made from is held. */
  finish(key: string, reply: () => Reply): void;
  clear(): void;
}

export function createKeyMemory(clock: () => number): KeyMemory {
  const entries = new Map<string, Entry>();
  return {
    recall: (key, hash) => {
      if (key.length < 1 || key.length > 256) return badKey();
      const entry = entries.get(key);
      if (!entry || clock() - entry.at >= DAY_MS) return null;
      if (entry.hash !== hash) return otherPayload();
      return entry.reply ? entry.reply() : stillRunning();
    },
    begin: (key, hash) => void entries.set(key, { hash, at: clock(), reply: null }),
    finish: (key, reply) => {
      const entry = entries.get(key);
      if (entry) entry.reply = reply;
    },
    clear: () => entries.clear(),
  };
}

const badKey = () => failure(400, "invalid_idempotency_key", "The key must be between 1-256 chars.");

const otherPayload = () =>
  failure(409, "invalid_idempotent_request", "Same idempotency key used with a different request payload.");

const stillRunning = () =>
  failure(
    409,
    "concurrent_idempotent_requests",
    "Same idempotency key used while original request is still in progress.",
  );
