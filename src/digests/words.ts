/** A digest's states; `draft → scheduled → sending ⇄ paused → sent | cancelled`. */
export const DIGEST_STATUSES = ["draft", "scheduled", "sending", "paused", "sent", "cancelled"] as const;
export type DigestStatus = (typeof DIGEST_STATUSES)[number];

/** What decides who is told what, see `DigestTable`. */
export const DIGEST_MODES = ["sequence", "picked", "correction"] as const;
export type DigestMode = (typeof DIGEST_MODES)[number];

/**
 * Why a reader gets no delivery of a digest. `weekly-cap`: they had as many mails as a week holds. `next-edition`: they
 * joined its audience after it had started. Both keep their place and are told next time. The last five are of a
 * correction, whose readers may have gone.
 */
export type ExclusionReason =
  | "paused"
  | "nothing-new"
  | "suppressed"
  | "weekly-cap"
  | "next-edition"
  | "unsubscribed"
  | "bounced"
  | "complained"
  | "erased"
  | "pending";
