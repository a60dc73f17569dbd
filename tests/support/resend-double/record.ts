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
  /** Present when `keep` is `full` or `text`, and of single mails with `singles`; HTML only with `full`, headers not with `text`. */
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
  /** Requests that met a fault, by its name. */
  faults: Record<string, number>;
}

/** The truth about what was taken, as no sender can see it. */
export interface AcceptedRecord {
  add(message: Accepted, keep: Settings["keep"]): void;
  count(address: string): void;
  noteRequest(): void;
  noteTaken(key: string | null, hash: string, messages: number): void;
  noteReplay(): void;
  noteAnswer(status: number): void;
  noteFault(name: string): void;
  counts(): Counts;
  /** Messages taken for this address. */
  of(address: string): number;
  perAddress(): Iterable<[address: string, count: number]>;
  perKey(): ReadonlyMap<string, { hash: string; messages: number; requests: number }>;
  messages(): readonly Accepted[];
  /** Single mails taken for this address; nothing with `keep: "counts"`. */
  singlesTo(address: string): readonly Accepted[];
  find(id: string): Accepted | undefined;
  clear(): void;
}

export function createRecord(): AcceptedRecord {
  const addresses = new Map<string, number>();
  const keys = new Map<string, { hash: string; messages: number; requests: number }>();
  const byId = new Map<string, Accepted>();
  const singles = new Map<string, Accepted[]>();
  let list: Accepted[] = [];
  let tally = newTally();
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
      if (isSingle(kept)) singles.set(kept.to, [...(singles.get(kept.to) ?? []), kept]);
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
    noteFault: (name) => {
      tally.faults[name] = (tally.faults[name] ?? 0) + 1;
    },
    counts: () => ({ ...tally, addresses: addresses.size, duplicated: moreThanOne(addresses) }),
    of: (address) => addresses.get(address) ?? 0,
    perAddress: () => addresses,
    perKey: () => keys,
    messages: () => list,
    singlesTo: (address) => singles.get(address) ?? [],
    find: (id) => byId.get(id),
    clear: () => {
      for (const map of [addresses, keys, byId, singles]) map.clear();
      list = [];
      tally = newTally();
    },
  };
}

function newTally() {
  const byName = (): Record<string, number> => ({});
  return { requests: 0, taken: 0, replayed: 0, accepted: 0, answers: byName(), faults: byName() };
}

/** Mails to one person carry the tag `mail`, messages of a digest the tag `digest`. */
function isSingle({ tags }: Accepted): boolean {
  return tags.mail !== undefined;
}

function moreThanOne(addresses: Map<string, number>): number {
  let found = 0;
  for (const count of addresses.values()) if (count > 1) found++;
  return found;
}

function keepOf(message: Accepted, keep: Settings["keep"]): Accepted {
  if (keep === "full") return message;
  const { email, ...brief } = message;
  const wanted = keep === "text" || (keep === "singles" && isSingle(message));
  if (!wanted || !email) return brief;
  const { html: _, ...letter } = email;
  return { ...brief, email: { ...letter, headers: keep === "text" ? {} : letter.headers } };
}
