import type { Bytes, Flag, Id, Json, Maybe, Time, WithDefault } from "../db/columns.ts";
import type { Cadence } from "../subscribers/words.ts";
import type { DigestMode, DigestStatus } from "./words.ts";

export interface DigestTable {
  id: Id;
  uid: string;
  status: DigestStatus;
  /** Why it is paused or cancelled, in words. */
  reason: Maybe<string>;
  /**
   * `sequence`: everything above each reader's watermark up to `upto_seq`. `picked`: the events of `digest_event`, out of
   * sequence. `correction`: the notice of one `corrected` event, to whoever was sent what was wrong.
   */
  mode: DigestMode;
  upto_seq: Maybe<number>;
  /** In sequence: it holds everything above this. A reader whose place is lower came after the start, and waits. */
  from_seq: Maybe<number>;
  /** An editor's own subject; null means it is made from the most important item. */
  subject: Maybe<string>;
  intro: Maybe<string>;
  /** Only readers of this cadence; null means all. */
  cadence: Maybe<Cadence>;
  /** Only readers of these time zones, JSON list; null means all. */
  timezones: Maybe<Json>;
  /** Declared automatic: made by the schedule, not by a person. */
  automatic: WithDefault<Flag>;
  send_at: Maybe<Time>;
  created_at: Time;
  started_at: Maybe<Time>;
  finished_at: Maybe<Time>;
  /** Planning has decided every subscriber up to this id. */
  planned_to: WithDefault<number>;
  /** When the whole audience was decided. */
  planned_at: Maybe<Time>;
  /** In sequence: some readers' places stay behind what another digest was about to tell them. */
  holds_places: WithDefault<Flag>;
  candidates: WithDefault<number>;
  /** The bounce rate that was too high when an editor resumed it, in millionths; null: none was. */
  bounces_seen: Maybe<number>;
  /** The same of complaints. */
  complaints_seen: Maybe<number>;
}

/** The events that a digest holds, in the order of the edition. */
export interface DigestEventTable {
  digest_id: number;
  seq: number;
}

/** Readers left out of a digest, by reason, counted in the transaction that decided them. */
export interface DigestExclusionTable {
  digest_id: number;
  reason: string;
  count: number;
}

/** Who was left out, a row for each page of planning and reason: their ids, packed (`packIds`). */
export interface DigestExclusionPageTable {
  digest_id: number;
  /** The id that the page reached up to. */
  upto: number;
  reason: string;
  readers: Bytes;
}

/** How many deliveries of a digest stand in each status, moved in the transaction that moves the deliveries. */
export interface DigestTallyTable {
  digest_id: number;
  status: string;
  count: number;
}

/** Why deliveries of a digest were skipped, counted in the transaction that skipped them. */
export interface DigestSkipTable {
  digest_id: number;
  reason: string;
  count: number;
}

/** How many messages of a digest were handed over at a moment: a few marks of the last minutes, for its pace. */
export interface DigestPaceTable {
  digest_id: number;
  at: Time;
  handed: number;
}

/** One edition of the schedule that was handled, so that it is never built twice. */
export interface ScheduleRunTable {
  cadence: Cadence;
  timezone: string;
  /** The local day of the edition, `YYYY-MM-DD`. */
  edition: string;
  digest_id: Maybe<number>;
  created_at: Time;
}

/** When the calendar was last looked at: one row. */
export interface ScheduleLookTable {
  id: number;
  at: Time;
}
