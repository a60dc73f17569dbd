import type { Email } from "./messages.ts";
import type { Settings } from "./settings.ts";

/** A message that was truly taken. */
export interface Accepted {
  id: string;
  to: string;
  tags: Record<string, string>;
  /** The idempotency key it came under. */
  key: string | null;
  /** When, milliseconds since 1970. */
  at: number;
  /** Present when `keep` is `full` or `text`; with `text` it has no HTML and no headers. */
  email?: Email;
}

export interface Counts {
  /** Requests that asked to send, whatever became of them. */
  requests: number;
  /** Sending requests that were taken. */
  taken: number;
  /** Sending requests answered from the memory of their key. */
  replayed: number;
  /** Messages taken, one for each recipient. */
  accepted: number;
  addresses: number;
  /** Addresses with more than one message. */
  duplicated: number;
  /** Answers by status; 0 for those that never came. */
  answers: Record<string, number>;
}

/** The truth about what was taken, as no sender can see it. */
export interface AcceptedRecord {
  add(message: Accepted, keep: Settings["keep"]): void;
  count(address: string): void;
  noteRequest(): void;
  noteTaken(key: string | null, hash: string, messages: number): void;
  noteReplay(): void;
  noteAnswer(status: number): void;
  counts(): Counts;
  /** Messages taken for this address. */
  of(address: string): number;
  perAddress(): Iterable<[address: string, count: number]>;
  perKey(): ReadonlyMap<string, { hash: string; messages: number; requests: number }>;
  messages(): readonly Accepted[];
  find(id: string): Accepted | undefined;
  clear(): void;
}

export function createRecord(): AcceptedRecord {
  const addresses = new Map<string, number>();
  const keys = new Map<string, { hash: string; messages: number; requests: number }>();
  const byId = new Map<string, Accepted>();
  let list: Accepted[] = [];
  let tally = { requests: 0, taken: 0, replayed: 0, accepted: 0, answers: {} as Record<string, number> };
  const count = (address: string) => {
    tally.accepted++;
    addresses.set(address, (addresses.get(address) ?? 0) + 1);
  };
  return {
    count,
    add: (message, keep) => {
      count(message.to);
      if (keep === "counts") return;
      const kept = keepOf(message, keep);
      list.push(kept);
      byId.set(message.id, kept);
    },
    noteRequest: () => void tally.requests++,
    noteTaken: (key, hash, messages) => {
      tally.taken++;
      if (key !== null) keys.set(key, { hash, messages, requests: (keys.get(key)?.requests ?? 0) + 1 });
    },
    noteReplay: () => void tally.replayed++,
    noteAnswer: (status) => {
      tally.answers[status] = (tally.answers[status] ?? 0) + 1;
    },
    counts: () => ({ ...tally, addresses: addresses.size, duplicated: moreThanOne(addresses) }),
    of: (address) => addresses.get(address) ?? 0,
    perAddress: () => addresses,
    perKey: () => keys,
    messages: () => list,
    find: (id) => byId.get(id),
    clear: () => {
      for (const map of [addresses, keys, byId]) map.clear();
      list = [];
      tally = { requests: 0, taken: 0, replayed: 0, accepted: 0, answers: {} };
    },
  };
}

function moreThanOne(addresses: Map<string, number>): number {
  let found = 0;
  for (const count of addresses.values()) if (count > 1) found++;
  return found;
}

function keepOf(message: Accepted, keep: Settings["keep"]): Accepted {
  if (keep === "full") return message;
  const { email, ...brief } = message;
  if (keep !== "text" || !email) return brief;
  const { html: _, ...letter } = email;
  return { ...brief, email: { ...letter, headers: {} } };
}
