import { createHash } from "node:crypto";
import type { TxContext } from "../db/transaction.ts";
import type { Locale } from "../subscribers/words.ts";
import { insertConsentEvent, keepWording } from "./queries.ts";
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
export async function recordConsent(tx: TxContext, input: ConsentInput): Promise<void> {
  const wording = input.wordingLocale ? await keep(tx, input.wordingLocale) : null;
  await insertConsentEvent(tx.db, {
    subscriber_id: input.subscriberId,
    kind: input.kind,
    at: tx.clock(),
    wording,
    form: input.form,
    detail: JSON.stringify(input.detail ?? {}),
  });
}

async function keep(tx: TxContext, locale: Locale): Promise<string> {
  const text = consentWording(tx.config.site.name, locale);
  const hash = createHash("sha256").update(`${locale}\n${text}`).digest("hex");
  await keepWording(tx.db, { hash, locale, text, first_used_at: tx.clock() });
  return hash;
}
