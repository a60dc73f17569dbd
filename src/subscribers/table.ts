import type { Bytes, Flag, Id, Json, Maybe, Time, WithDefault } from "../db/columns.ts";
import type { Cadence, SubscriberStatus } from "./words.ts";

export interface SubscriberTable {
  id: Id;
  /** What leaves the database: in the API and inside tokens. */
  uid: string;
  status: SubscriberStatus;
  /** The address as given, encrypted; null once erased. */
  address: Bytes | null;
  /** Blind index of the canonical address; null once erased. */
  address_index: string | null;
  /** Canonical topic set, see `topics/topic-set.ts`; empty means every topic. */
  topics: WithDefault<string>;
  cadence: WithDefault<Cadence>;
  timezone: WithDefault<string>;
  locale: WithDefault<string>;
  discreet: WithDefault<Flag>;
  /** The last article event already decided for this reader. */
  watermark: WithDefault<number>;
  paused_until: Maybe<Time>;
  /** When the weekly cap lets the next edition through, as it stood when an edition was last held back. */
  capped_until: Maybe<Time>;
  source: Maybe<string>;
  /** Transient bounces since the last delivery. */
  soft_bounces: WithDefault<number>;
  created_at: Time;
  confirmed_at: Maybe<Time>;
  /** When an active reader last left; kept while a new request waits, so that an unconfirmed one ends as left again. */
  left_at: Maybe<Time>;
}

/** One sign-up as the form took it, waiting for the worker. Deleted when applied. */
export interface SubscriptionRequestTable {
  id: Id;
  address: Bytes;
  address_index: string;
  /** Everything else of the request; nothing personal in it. */
  request: Json;
  requested_at: Time;
}

/** One counted hit of a limit, kept only as long as its window. */
export interface RateHitTable {
  id: Id;
  key: string;
  at: Time;
}
