/** A digest's states; `draft → scheduled → sending ⇄ paused → sent | cancelled`. */
export const DIGEST_STATUSES = ["draft", "scheduled", "sending", "paused", "sent", "cancelled"] as const;
export type DigestStatus = (typeof DIGEST_STATUSES)[number];

/** What decides who is told what, see `DigestTable`. */
export const DIGEST_MODES = ["sequence", "picked", "correction"] as const;
export type DigestMode = (typeof DIGEST_MODES)[number];

/**
 * Why a reader gets no delivery of a digest. `nothing-new`: nothing above their place matches their topics.
 * `already-sent`: something does, and other digests told, or are telling, all of it. `weekly-cap`: they had as many mails
 * as a week holds. `next-edition`: they joined its audience after it had started. Both keep their place and are told next
 * time. `address-refused`: the provider refused their address again and again. The last five are of a correction, whose
 * readers may have gone.
 */
export type ExclusionReason =
  | "paused"
  | "nothing-new"
  | "already-sent"
  | "suppressed"
  | "weekly-cap"
  | "next-edition"
  | "address-refused"
  | "unsubscribed"
  | "bounced"
  | "complained"
  | "erased"
  | "pending";
