import type { Bytes, Id, Maybe, Time } from "../db/columns.ts";
import type { Locale } from "../subscribers/words.ts";

export const ROLES = ["viewer", "editor", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** A person or program that may use the admin API, known by an API key. */
export interface EditorTable {
  id: Id;
  name: string;
  role: Role;
  /** SHA-256 of the key, hex; the key itself is shown once. */
  key_hash: string;
  created_at: Time;
  revoked_at: Maybe<Time>;
  /** Where they want reminders, encrypted; null: they want none. */
  reminder_address: Maybe<Bytes>;
  reminder_index: Maybe<string>;
  reminder_locale: Maybe<Locale>;
  /** The last month, `YYYY-MM`, of which it is decided whether they are owed a reminder. */
  reminded_month: Maybe<string>;
}
