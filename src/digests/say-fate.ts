import type { ReaderOutcome } from "./reader-digests.ts";
import { sayExclusion } from "./say-audience.ts";

/** What became of a digest for a reader, and why. */
export interface Fate {
  outcome: ReaderOutcome;
  /** Of a delivery the provider's words or why it was skipped; of the others one of the words below. */
  reason: string | null;
}

const OUTCOMES: Record<Exclude<ReaderOutcome, "excluded" | "not-a-candidate" | "skipped" | "failed">, string> = {
  queued: "Waits to be handed to the provider.",
  submitted: "The provider took it; whether it arrived is not known yet.",
  delivered: "Delivered.",
  bounced: "The mailbox did not take it.",
  complained: "Delivered, and reported as spam.",
  unknown: "It is not known whether the provider took it.",
  undecided: "Not decided for this reader.",
  "not-recorded": "Planned by an earlier version, which did not keep who was left out.",
};

const NO_CANDIDATE: Record<string, string> = {
  "not-told": "Never sent what this correction is about, so it is not for this reader.",
  "never-confirmed": "Has never confirmed.",
  "joined-later": "Confirmed only after it had begun.",
  left: "Had left before it was decided.",
  "other-cadence": "Was for readers of another rhythm than this reader has now.",
  "other-timezone": "Was for other time zones than this reader has now.",
  unknown: "Was not in its audience then; the reader's settings have changed since.",
};

/** Why a reader did or did not get a digest, in an English sentence. Pure. */
export function sayFate({ outcome, reason }: Fate): string {
  if (outcome === "excluded") return `Left out: this reader ${sayExclusion(reason ?? "")}.`;
  if (outcome === "not-a-candidate") return NO_CANDIDATE[reason ?? "unknown"] ?? reason ?? "";
  if (outcome === "skipped")
    return `Was to get it, and was skipped before it was handed over: ${reason ?? "no reason"}.`;
  if (outcome === "failed") return `Failed, and can be sent again: ${reason ?? "no reason was given"}.`;
  if (outcome === "undecided" && reason === "cancelled") return "Cancelled before it was decided for this reader.";
  return OUTCOMES[outcome];
}
