import type { DeliveryStatus } from "../../../src/delivery/index.ts";

/** What the specification says of one run, in plain data. It shares nothing with the code but the words of its states. */
export interface Oracle {
  now: () => number;
  readers: Reader[];
  /** Sign-ups that no worker took yet, by row. */
  requests: Map<number, SignUp>;
  /** Times of single mails to one mailbox, by kind and address. */
  mailed: Map<string, number[]>;
  /** Address to the reason that it must never be mailed again. */
  suppressed: Map<string, string>;
  /** Address to when the provider last said that it is on its own list. */
  listedAt: Map<string, number>;
  events: NewsEvent[];
  /** How often each article was published or reviewed. */
  takes: number[];
  editions: Edition[];
  letters: Letter[];
  attempts: Map<string, Attempts>;
  /** Provider notices that no worker applied yet, by row. */
  notices: Map<number, Notice>;
  /** What is not as it must be, in words. */
  faults: string[];
}

export interface Wishes {
  topics: string[];
  cadence: "immediate" | "daily" | "weekly" | "monthly";
}

export interface SignUp extends Wishes {
  address: string;
}

export interface Reader extends Wishes {
  id: number;
  address: string;
  status: "pending" | "active" | "unsubscribed" | "bounced" | "complained" | "erased";
  discreet: boolean;
  /** The last event decided for them. */
  place: number;
  pausedUntil: number;
  softBounces: number;
  /** Whether they read before and left. */
  hadLeft: boolean;
  /** Consent, as `kind form`. */
  ledger: string[];
  /** The last event when they confirmed; null once anything about their wishes changed, and until they confirm. */
  steadySince: number | null;
}

export interface NewsEvent {
  seq: number;
  article: number;
  take: number;
}

export interface Edition {
  uid: string;
  /** Null: everything new. */
  picked: number[] | null;
  cadence: Wishes["cadence"] | null;
  status: "draft" | "sending" | "paused" | "sent" | "cancelled";
  events: number[];
  from: number;
  upto: number;
  /** Readers up to this row are decided; all of them once `planned`. */
  plannedTo: number;
  planned: boolean;
  candidates: number;
  excluded: Map<string, number>;
}

export interface Letter {
  /** Its row; 0 until that is seen. */
  id: number;
  reader: Reader;
  edition: Edition | null;
  kind: "digest" | "confirm" | "welcome" | "already-subscribed";
  events: number[];
  discreet: boolean;
  status: DeliveryStatus;
  /** The idempotency key of its batch. */
  key: string;
  /** When it could no longer be changed. */
  frozenAt: number | null;
  /** How often the provider took it, since it last failed. */
  accepted: number;
  /** Whether the provider said that it failed after taking it. */
  failedThere: boolean;
  /** Whether the provider refused it when it stood alone: it fails once all that stood with it is known. */
  refusedAlone: boolean;
}

/** What is known of the attempts under one key. */
export interface Attempts {
  /** How many were made. */
  count: number;
  /** The first one whose outcome is not known. */
  unsettledSince: number | null;
  /** The members of the first attempt; every one must have the same. */
  bytes: string | null;
  /** The provider said that the key was used for other bytes. */
  mismatch: boolean;
}

export interface Notice {
  kind: "delivered" | "bounced" | "bounced-soft" | "suppressed" | "complained" | "failed" | "delayed" | "sent";
  /** Null: about nothing that is ours. */
  letter: number | null;
  receivedAt: number;
}

export const ARTICLES = ["Alpha", "Beta", "Gamma"] as const;
/** The topic of each article. */
export const TOPICS = ["depression", "anxiety", "bipolar"] as const;

export function newOracle(now: () => number): Oracle {
  return {
    now,
    readers: [],
    requests: new Map(),
    mailed: new Map(),
    suppressed: new Map(),
    listedAt: new Map(),
    events: [],
    takes: ARTICLES.map(() => 0),
    editions: [],
    letters: [],
    attempts: new Map(),
    notices: new Map(),
    faults: [],
  };
}

export const latest = ({ events }: Oracle) => events.at(-1)?.seq ?? 0;

/** Whether a reader of these topics hears of this event. */
export const wants = ({ topics }: Wishes, event: NewsEvent) =>
  topics.length === 0 || topics.includes(TOPICS[event.article] ?? "");

export function attemptsOf({ attempts }: Oracle, key: string): Attempts {
  const known = attempts.get(key) ?? { count: 0, unsettledSince: null, bytes: null, mismatch: false };
  attempts.set(key, known);
  return known;
}
