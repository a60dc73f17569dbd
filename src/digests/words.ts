/** A digest's states; `draft → scheduled → sending ⇄ paused → sent | cancelled`. */
export const DIGEST_STATUSES = ["draft", "scheduled", "sending", "paused", "sent", "cancelled"] as const;
export type DigestStatus = (typeof DIGEST_STATUSES)[number];

/** Why a reader gets no delivery of a digest. */
export type ExclusionReason = "paused" | "nothing-new" | "suppressed";
