/** A digest's states; `draft → scheduled → sending ⇄ paused → sent | cancelled`. */
export const DIGEST_STATUSES = ["draft", "scheduled", "sending", "paused", "sent", "cancelled"] as const;
export type DigestStatus = (typeof DIGEST_STATUSES)[number];

export type DigestMode = "sequence" | "picked" | "correction";

/** Why a reader gets no delivery of a digest; the last six are of a correction, whose readers may have gone. */
export type ExclusionReason =
  | "paused"
  | "nothing-new"
  | "suppressed"
  | "already-told"
  | "unsubscribed"
  | "bounced"
  | "complained"
  | "erased"
  | "pending";
