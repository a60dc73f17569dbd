import type { Db } from "../db/database.ts";
import type { Vault } from "../vault/index.ts";
import { toEml } from "./eml.ts";
import { problemAmong } from "./headers.ts";
import type { Mailer, OutgoingMessage } from "./mailer.ts";
import { findCapturedByKeys, insertCaptured } from "./queries.ts";

const MAX_BATCH = 100;

export interface CaptureOptions {
  db: Db;
  vault: Vault;
  clock: () => number;
}

/** Keeps messages, encrypted, for the mailbox page instead of sending them. A key is remembered for good. */
export function createCaptureMailer({ db, vault, clock }: CaptureOptions): Mailer {
  return {
    driver: "capture",
    maxBatch: MAX_BATCH,
    keyLifeMs: Number.MAX_SAFE_INTEGER,
    send: async (messages, { idempotencyKey }) => {
      if (messages.length < 1 || messages.length > MAX_BATCH) {
        throw new Error(`[mail] [capture] a hand-over takes 1 to ${MAX_BATCH} messages, got ${messages.length}`);
      }
      const problem = problemAmong(messages);
      if (problem) return { kind: "refused", reason: problem };
      const kept = messages.map((message, place) => ({ key: `${idempotencyKey}/${place}`, text: toText(message) }));
      if (await hasOthers(db, vault, kept)) return { kind: "mismatch", reason: "the key was used for other messages" };
      const row = ({ key, text }: Kept) => ({ key, message: vault.seal(text), captured_at: clock() });
      await insertCaptured(db, kept.map(row));
      return { kind: "accepted", ids: kept.map(({ key }) => key) };
    },
    compose: (message, at) => toEml(message, { date: at }),
    check: async () => {
      await findCapturedByKeys(db, [""]);
    },
    close: async () => {
      // The database is not ours to close.
    },
  };
}

interface Kept {
  key: string;
  text: string;
}

/** Fields in one order, so that equal messages are equal text. */
function toText({ from, to, replyTo, subject, html, text, headers, tags, messageId }: OutgoingMessage): string {
  const message: OutgoingMessage = { from, to, subject, html, text, headers, tags, messageId };
  return JSON.stringify(replyTo === undefined ? message : { ...message, replyTo });
}

/** Whether one of the keys already holds another message. */
async function hasOthers(db: Db, vault: Vault, kept: Kept[]): Promise<boolean> {
  const texts = new Map(kept.map(({ key, text }) => [key, text]));
  const rows = await findCapturedByKeys(db, [...texts.keys()]);
  return rows.some((row) => vault.open(row.message) !== texts.get(row.key));
}
