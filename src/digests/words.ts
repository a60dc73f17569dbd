/** A digest's states; `draft → scheduled → sending ⇄ paused → sent | cancelled`. */
export const DIGEST_STATUSES = ["draft", "scheduled", "sending", "paused", "sent", "cancelled"] as const;
export type DigestStatus = (typeof DIGEST_STATUSES)[number];

/** What decides who is told what, see `DigestTable`. */
export const DIGEST_MODES = ["sequence", "picked", "correction"] as const;
export type DigestMode = (typeof DIGEST_MODES)[number];

/** Why a reader gets no delivery of a digest; the last five are of a correction, whose readers may have gone. */
export type ExclusionReason =
  | "paused"
  | "nothing-new"
  | "suppressed"
  | "unsubscribed"
  | "bounced"
  | "complained"
  | "erased"
  | "pending";
