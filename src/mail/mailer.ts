/** The mail port: hand over up to `maxBatch` messages under one idempotency key, and learn what became of them. */

/**
 * A text cut where values go: even places are text, odd places name a value. A value is made of letters, digits, `-` and
 * `_`, so that it needs no escaping anywhere.
 */
export type Template = readonly string[];

/** What all messages of one rendering share. */
export interface Rendering {
  from: string;
  subject: string;
  html: Template;
  text: Template;
  headers: readonly (readonly [name: string, value: Template])[];
}

export interface MergedFrom {
  rendering: Rendering;
  /** This message's value of that name. */
  value: (name: string) => string;
}

export interface OutgoingMessage {
  /** RFC 5322 mailbox, display name allowed. */
  from: string;
  /** One bare address: one recipient a message, so that nobody sees another's address. */
  to: string;
  replyTo?: string;
  subject: string;
  html: string;
  text: string;
  /** Header names to values, already free of CR, LF and NUL. */
  headers: Record<string, string>;
  /** Opaque ids only: `[A-Za-z0-9_-]{1,256}`. */
  tags: Record<string, string>;
  /** A Message-ID (with angle brackets) derived from the row, for transports that let us set one. */
  messageId: string;
  /** How its sender, subject, texts and headers were put together, for transports that gain by it. */
  merged?: MergedFrom;
}

/** What the provider last said about its limits. */
export interface ProviderLimits {
  /** Requests per window. */
  max: number;
  /** Window, milliseconds. */
  perMs: number;
}

/**
 * Why nothing is taken. `key`: the key or its account. `sender`: the domain or the From address. `daily-quota` comes back
 * by itself, `quota` does not. `content`: what this digest or mail says. `request`: the provider is asked in a way that it
 * does not know.
 */
export const HALT_CAUSES = ["key", "sender", "daily-quota", "quota", "content", "request"] as const;
export type HaltCause = (typeof HALT_CAUSES)[number];

/**
 * What became of one hand-over. Every case but `unknown` is certain.
 * - `accepted`: all messages were taken; `ids` in the order of the messages. `restMs`: the provider takes no more requests for so long.
 * - `retry`: none was taken; the same bytes may be tried after `afterMs`.
 * - `throttle`: none was taken; the provider asks for silence.
 * - `halt`: none was taken and none will be until its cause is gone, which mostly takes a person.
 * - `refused`: none was taken because of what is in it; splitting finds the message at fault.
 * - `mismatch`: the key was already used for other bytes; an earlier attempt may have been accepted. Never resend.
 * - `unknown`: no answer, or one that cannot be read. The messages may or may not have been accepted.
 */
export type SendOutcome =
  | { kind: "accepted"; ids: string[]; limits?: ProviderLimits; restMs?: number }
  | { kind: "retry"; reason: string; afterMs: number }
  | { kind: "throttle"; reason: string; afterMs: number; limits?: ProviderLimits }
  | { kind: "halt"; reason: string; cause: HaltCause }
  | { kind: "refused"; reason: string }
  | { kind: "mismatch"; reason: string }
  | { kind: "unknown"; reason: string };

export interface Mailer {
  readonly driver: "resend" | "smtp" | "capture";
  /** Messages per hand-over. */
  readonly maxBatch: number;
  /** How long an idempotency key protects a retry, milliseconds; 0 when the transport has no such keys. */
  readonly keyLifeMs: number;
  /** Never throws for what the provider or the network does; throws only on a programming error. */
  send(messages: OutgoingMessage[], options: { idempotencyKey: string; timeoutMs: number }): Promise<SendOutcome>;
  /** The message as it would travel, RFC 5322 bytes, dated `at`; only where messages are kept to be looked at. */
  compose?(message: OutgoingMessage, at: number): Promise<Uint8Array>;
  /** Throws when the transport cannot be used at all. Sends nothing. */
  check(): Promise<void>;
  close(): Promise<void>;
}
