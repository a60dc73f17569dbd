/**
 * A delivery's states; `queued → submitted → delivered | bounced | complained`, or `failed | skipped | unknown`.
 * `submitted` means the provider took it, not that the reader has it.
 */
export const DELIVERY_STATUSES = [
  "queued",
  "unknown",
  "skipped",
  "failed",
  "submitted",
  "delivered",
  "bounced",
  "complained",
] as const;
export type DeliveryStatus = (typeof DELIVERY_STATUSES)[number];

/**
 * A batch's states. `filling`: planning still adds members. `queued`: may be handed over. `sending`: leased by a worker.
 * `refused`: one message that was refused alone and waits for what becomes of those it was split from. `settled`: every
 * member's outcome is recorded. `split`: its members moved to smaller batches. `unknown`: a person decides.
 */
export const BATCH_STATUSES = ["filling", "queued", "sending", "refused", "settled", "split", "unknown"] as const;
export type BatchStatus = (typeof BATCH_STATUSES)[number];

/** What a message is. `digest` is an edition, `correction` the notice of one correction; the others are single mails. */
export const MAIL_KINDS = ["digest", "correction", "confirm", "welcome", "already-subscribed"] as const;
export type MailKind = (typeof MAIL_KINDS)[number];

/** Mails to editors; nobody subscribes to them, and the ledger of readers knows nothing of them. */
export type EditorMailKind = "review-reminder";

/**
 * An editor's mail: `queued → sending → submitted`, or `failed | skipped | unknown`. `sending`: leased by a worker.
 * `skipped`: they no longer wanted it, or may not be mailed. `unknown`: a person decides.
 */
export type EditorMailStatus = "queued" | "sending" | "submitted" | "failed" | "skipped" | "unknown";

/**
 * What a person may say of messages whose outcome is not known. `count-as-sent`: nobody gets them twice, some may have
 * missed them. `send-again`: nobody misses them, some may get them twice.
 */
export const UNKNOWN_DECISIONS = ["count-as-sent", "send-again"] as const;
export type UnknownDecision = (typeof UNKNOWN_DECISIONS)[number];
