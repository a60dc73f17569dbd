import type { Bytes, Flag, Id, Json, Maybe, Time, WithDefault } from "../db/columns.ts";
import type {
  BatchStatus,
  DeliveryStatus,
  EditorMailKind,
  EditorMailStatus,
  MailKind,
  UnknownDecision,
} from "./words.ts";

/** One frozen rendering. Its bytes serve preview, send, retry and archive; only the personal tokens are merged in. */
export interface VariantTable {
  id: Id;
  /** Null for single mails. */
  digest_id: Maybe<number>;
  kind: MailKind | EditorMailKind;
  /** What makes it one of its kind: events, locale, discreetness, or a hash of the bytes for single mails. */
  key: string;
  locale: string;
  discreet: Flag;
  /** The article events it tells, JSON list of seq. */
  events: Json;
  from_mailbox: string;
  subject: string;
  html: string;
  text: string;
  /** Header templates, JSON. */
  headers: Json;
  /** The rendering that goes out instead, to every batch that was not frozen before a correction. */
  replaced_by: Maybe<number>;
  created_at: Time;
}

/** The version of each article that a rendering carries to its reader. */
export interface VariantVersionTable {
  variant_id: number;
  version_id: number;
}

/** Up to 100 deliveries handed over in one request under one idempotency key, `batch-<uid>`. */
export interface BatchTable {
  id: Id;
  uid: string;
  digest_id: Maybe<number>;
  kind: MailKind;
  status: BatchStatus;
  /** Lower goes first. */
  priority: number;
  attempts: WithDefault<number>;
  /** Members, addresses and keys are fixed since. */
  frozen_at: Maybe<Time>;
  /** The token key that makes the personal links of this batch. */
  token_key_id: Maybe<number>;
  /** The transport that made the first attempt: another one does not know its idempotency key. */
  transport: Maybe<string>;
  /** The first attempt whose outcome is not known; null when all outcomes are. */
  unsettled_since: Maybe<Time>;
  lease_until: Maybe<Time>;
  next_attempt_at: Maybe<Time>;
  reason: Maybe<string>;
  /** The batch whose splitting made this one. */
  root_id: Maybe<number>;
  /** All its messages were refused alike before, and a person let them be tried once more. */
  warned_at: Maybe<Time>;
  /** The UTC day, `YYYY-MM-DD`, whose warm-up ceiling its messages were counted against. */
  counted_on: Maybe<string>;
  created_at: Time;
  settled_at: Maybe<Time>;
}

/** What a batch froze; gone when it settles. */
export interface FrozenBatchTable {
  batch_id: number;
  /** Its messages in order, JSON; the addresses in it as they were encrypted then. */
  members: Json;
}

/** Messages handed over on a UTC day from a sending domain, while it warms up. */
export interface WarmUpDayTable {
  domain: string;
  /** `YYYY-MM-DD`. */
  day: string;
  handed: number;
}

export interface DeliveryTable {
  id: Id;
  digest_id: Maybe<number>;
  subscriber_id: number;
  variant_id: number;
  batch_id: number;
  status: DeliveryStatus;
  reason: Maybe<string>;
  /** When it was decided, for the weekly cap; null for single mails. */
  owed_at: Maybe<Time>;
  provider_id: Maybe<string>;
  submitted_at: Maybe<Time>;
  /** When the last provider event happened. */
  event_at: Maybe<Time>;
}

/** What a delivery was before it was sent again: notices about that message still come. */
export interface FormerMessageTable {
  id: Id;
  delivery_id: number;
  /** Null when the provider never took it. */
  provider_id: Maybe<string>;
  /** Why it had failed. */
  reason: Maybe<string>;
  retried_at: Time;
}

/** A reader whose address the provider refused alone, where others of the same digest were taken. */
export interface AddressRefusalTable {
  subscriber_id: number;
  /** Digests in a row. */
  digests: number;
  last_digest_id: number;
  last_at: Time;
}

/** A provider's notice, stored before it is applied; its id is unique, so a repeated one is ignored. */
export interface ProviderEventTable {
  id: Id;
  provider_event_id: string;
  /** `ProviderEvent`, JSON. */
  event: Json;
  received_at: Time;
  applied_at: Maybe<Time>;
}

/** One mail owed to an editor, at most one of a kind about one thing; handed over alone under the key `editor-<uid>`. */
export interface EditorMailTable {
  id: Id;
  uid: string;
  editor_id: number;
  kind: EditorMailKind;
  /** The month, `YYYY-MM`. */
  about: string;
  /** The frozen rendering. */
  variant_id: number;
  status: EditorMailStatus;
  /** The editor's address as it was encrypted when the mail froze; dropped when it settles. */
  address: Maybe<Bytes>;
  /** Blind index of that address, for notices that come later. */
  address_index: Maybe<string>;
  attempts: WithDefault<number>;
  /** The address is fixed since. */
  frozen_at: Maybe<Time>;
  /** As of a batch. */
  transport: Maybe<string>;
  /** The first attempt whose outcome is not known; null when all outcomes are. */
  unsettled_since: Maybe<Time>;
  lease_until: Maybe<Time>;
  next_attempt_at: Maybe<Time>;
  reason: Maybe<string>;
  provider_id: Maybe<string>;
  created_at: Time;
  settled_at: Maybe<Time>;
}

/** What a person decided of an unknown outcome, once for each batch or mail. */
export interface UnknownDecisionTable {
  id: Id;
  /** Of the batch, or of the mail to an editor. */
  uid: string;
  decision: UnknownDecision;
  /** Messages that it was decided of. */
  count: number;
  /** The editor's number, or `bootstrap`. */
  decided_by: string;
  decided_at: Time;
}
