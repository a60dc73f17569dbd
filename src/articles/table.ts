import type { Id, Json, Maybe, Time } from "../db/columns.ts";

export const EVENT_KINDS = ["published", "re-reviewed", "corrected"] as const;
export type EventKind = (typeof EVENT_KINDS)[number];

export const SEVERITIES = ["clarification", "correction", "safety"] as const;
export type Severity = (typeof SEVERITIES)[number];

export interface ArticleTable {
  id: Id;
  slug: string;
  url: string;
  created_at: Time;
}

/** What an article said at one moment. Never changed once written. */
export interface ArticleVersionTable {
  id: Id;
  article_id: number;
  /** 1 for the first version taken in. */
  number: number;
  /** Hash of the meaning: the same content in other markup has the same hash. */
  content_hash: string;
  title: string;
  summary: string | null;
  /** `YYYY-MM-DD`, or `YYYY-MM` where the page gives only a month. */
  published_on: string | null;
  updated_on: string | null;
  reviewed_on: string | null;
  /** Names. */
  reviewers: Json;
  reading_minutes: number | null;
  /** The entries of the reference list, as text. */
  reference_list: Json;
  /** Canonical topic set, see `topics/topic-set.ts`; empty means none was recognised. */
  topics: string;
  /** `[{heading, level, text}]` in page order. */
  sections: Json;
  taken_at: Time;
}

export interface ArticleEventTable {
  /** One increasing sequence over all articles; commits in this order. */
  seq: number;
  article_id: number;
  version_id: number;
  /** The version that readers were last told about; null for `published`. */
  previous_version_id: Maybe<number>;
  kind: EventKind;
  /** `Changes`, for `re-reviewed` and `corrected`. */
  changes: Maybe<Json>;
  topics: string;
  /** An editor's words about it. */
  note: Maybe<string>;
  severity: Maybe<Severity>;
  created_at: Time;
}

/** What a `corrected` event says: the words that were wrong and those that are right. Its severity stands on the event. */
export interface CorrectionTable {
  seq: number;
  /** Hash of what was asked for: asking twice makes one correction. */
  fingerprint: string;
  /** What readers were told. */
  wrong: string;
  /** What is right. */
  correct: string;
  why: Maybe<string>;
  /** The wrong words as the article had them, by which other versions with the same mistake are found. */
  passage: Maybe<string>;
  /** Null: the bootstrap key, or a program. */
  editor_id: Maybe<number>;
  /** The digest that carries the notice. */
  digest_id: Maybe<number>;
}

/** A version that a correction is about. */
export interface CorrectionVersionTable {
  seq: number;
  version_id: number;
}
