/** A provider's delivery event after normalising: nothing personal in it, whatever the provider sent. */
export interface ProviderEvent {
  /** The provider's own id of the notice, stable over its retries (`svix-id`). */
  id: string;
  kind: ProviderEventKind;
  /** When it happened, milliseconds since 1970. */
  at: number;
  /** The provider's message id. */
  providerId: string | null;
  /** Our tags as they came back. */
  tags: Record<string, string>;
  /** The provider's words (bounce type and subtype, failure reason), addresses removed; null when there are none. */
  detail: string | null;
}

/** `bounced` is a permanent bounce, `bounced-soft` a transient or undetermined one; `suppressed` is the provider's own list. */
export type ProviderEventKind =
  | "sent"
  | "delayed"
  | "delivered"
  | "bounced"
  | "bounced-soft"
  | "complained"
  | "failed"
  | "suppressed";

/** What became of an address on the provider's own list; the address itself as its blind index only. */
export interface ProviderSuppression {
  id: string;
  kind: "suppression-added" | "suppression-removed";
  /** When it happened, milliseconds since 1970. */
  at: number;
  addressIndex: string;
}

/** What a provider's notice may tell. */
export type ProviderNotice = ProviderEvent | ProviderSuppression;
