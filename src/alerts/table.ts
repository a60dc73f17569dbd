import type { Id, Maybe, Time } from "../db/columns.ts";
import type { AlertKind } from "./words.ts";

/** What stopped sending; one open row for each kind and what it is about. */
export interface AlertTable {
  id: Id;
  uid: string;
  kind: AlertKind;
  /** The uid of the digest that it is about; empty: everything. */
  about: string;
  /** The provider's words, without addresses. */
  reason: string;
  /** How often it was met. */
  count: number;
  raised_at: Time;
  last_at: Time;
  /** When it is tried again by itself; null: a person acts first. */
  until: Maybe<Time>;
  cleared_at: Maybe<Time>;
  /** The editor's number or `bootstrap`; null when it was seen to be over. */
  cleared_by: Maybe<string>;
  /** When the alert webhook took it. */
  posted_at: Maybe<Time>;
}
