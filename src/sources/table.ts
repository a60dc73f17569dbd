import type { Flag, Id, Maybe, Time, WithDefault } from "../db/columns.ts";

/** `notices`: the pages that signed notices of a CMS named; it has no list to poll. */
export type SourceKind = "feed" | "sitemap" | "notices";

export const FOLLOWED = ["active", "paused"] as const;
/** What people set. */
export type Followed = (typeof FOLLOWED)[number];

/**
 * How a page stands. `waiting`: never fetched. `taken`: its article is taken in. `refused`: it holds no article or may
 * not be fetched. `failing`: the last fetch failed. `gone`: 404 or 410. `outside`: on a host that is not followed.
 */
export const PAGE_STATES = ["waiting", "taken", "refused", "failing", "gone", "outside"] as const;
export type PageState = (typeof PAGE_STATES)[number];

/** Something that names pages. */
export interface SourceTable {
  id: Id;
  uid: string;
  url: string;
  kind: SourceKind;
  title: Maybe<string>;
  status: Followed;
  etag: Maybe<string>;
  last_modified: Maybe<string>;
  /** What the feed asks for; null when it does not. */
  interval_ms: Maybe<number>;
  /** Null: there is nothing to poll. */
  next_poll_at: Maybe<Time>;
  /** Its host asked for silence, or does not answer: none of its pages is asked for until then. */
  rest_until: Maybe<Time>;
  lease_until: Maybe<Time>;
  /** End of the last round: the list read and every page that was due looked at. */
  polled_at: Maybe<Time>;
  /** Last try to read the list. */
  read_at: Maybe<Time>;
  ok_at: Maybe<Time>;
  failing_since: Maybe<Time>;
  /** Failed readings in a row. */
  failures: WithDefault<number>;
  /** Pages in a row whose host failed. */
  page_failures: WithDefault<number>;
  last_error: Maybe<string>;
  gone_at: Maybe<Time>;
  /** What the last reading left out. */
  note: Maybe<string>;
  created_at: Time;
}

/** A page as one source names it. */
export interface SourcePageTable {
  id: Id;
  source_id: number;
  url: string;
  state: PageState;
  /** Why it stands so, in words; null for `waiting` and `taken`. */
  reason: Maybe<string>;
  /** What the source last said of it; another marker makes it due. */
  marker: string;
  /** Raised each time the page becomes due anew: a look that began before does not settle it. */
  revision: WithDefault<number>;
  /** Named at set-up: its first version makes no event. */
  backlog: Flag;
  etag: Maybe<string>;
  last_modified: Maybe<string>;
  /** Of the body that last was settled. */
  body_hash: Maybe<string>;
  /** Failed fetches in a row. */
  attempts: WithDefault<number>;
  /** When to look at it next; null: not before something asks for it. */
  next_at: Maybe<Time>;
  lease_until: Maybe<Time>;
  taken_at: Maybe<Time>;
  checked_at: Maybe<Time>;
  created_at: Time;
}
