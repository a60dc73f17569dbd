import type { Maybe, Time } from "../db/columns.ts";

export const SUPPRESSION_REASONS = ["bounce", "complaint", "provider", "erased", "manual"] as const;
export type SuppressionReason = (typeof SUPPRESSION_REASONS)[number];

export interface SuppressionTable {
  /** Blind index of the canonical address; no address is kept. */
  address_index: string;
  reason: SuppressionReason;
  created_at: Time;
  lifted_at: Maybe<Time>;
  /** When what the provider's own list last said of the address happened. */
  provider_at: Maybe<Time>;
}
