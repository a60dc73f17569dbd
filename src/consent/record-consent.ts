import { createHash } from "node:crypto";
import type { TxContext } from "../db/transaction.ts";
import type { Locale } from "../subscribers/words.ts";
import { insertConsentEvents, keepWording } from "./queries.ts";
import type { ConsentKind } from "./table.ts";
import { consentWording } from "./wording.ts";

export interface ConsentInput {
  subscriberId: number;
  kind: ConsentKind;
  /** The door it came through. */
  form: string;
  /** Set when words were shown and agreed to, in this locale. */
  wordingLocale?: Locale;
  /** What was asked for or changed; never an address. */
  detail?: Record<string, unknown>;
}

/** Adds a line to the append-only ledger (GDPR 7(1)): what was agreed to, in which words, where and when. */
export function recordConsent(tx: TxContext, input: ConsentInput): Promise<void> {
  return recordConsents(tx, [input]);
}

/** Adds many lines at once, in this order. */
export async function recordConsents(tx: TxContext, inputs: ConsentInput[]): Promise<void> {
  const rows = [];
  for (const input of inputs) rows.push(await toRow(tx, input));
  await insertConsentEvents(tx.db, rows);
}

async function toRow(tx: TxContext, { subscriberId, kind, form, wordingLocale, detail = {} }: ConsentInput) {
  const wording = wordingLocale ? await keep(tx, wordingLocale) : null;
  return { subscriber_id: subscriberId, kind, at: tx.clock(), wording, form, detail: JSON.stringify(detail) };
}

async function keep(tx: TxContext, locale: Locale): Promise<string> {
  const text = consentWording(tx.config.site.name, locale);
  const hash = createHash("sha256").update(`${locale}\n${text}`).digest("hex");
  await keepWording(tx.db, { hash, locale, text, first_used_at: tx.clock() });
  return hash;
}
