import type { Id, Json, Maybe, Time } from "../db/columns.ts";

export const CONSENT_KINDS = ["requested", "confirmed", "changed", "withdrawn", "erased"] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

/** Append-only: rows are never changed, and outlive the address. */
export interface ConsentEventTable {
  id: Id;
  subscriber_id: number;
  kind: ConsentKind;
  at: Time;
  /** Key of the exact words the reader agreed to; null where none were shown. */
  wording: Maybe<string>;
  /** Which form, page or door: `form`, `api`, `embed`, `import`, `one-click`, `preferences`. */
  form: string;
  /** What was asked for or changed; nothing that names a person. */
  detail: Json;
}

export interface ConsentWordingTable {
  /** SHA-256 of locale and text, hex. */
  hash: string;
  locale: string;
  text: string;
  first_used_at: Time;
}
