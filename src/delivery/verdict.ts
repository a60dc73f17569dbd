import type { Context } from "../context.ts";
import type { HaltCause, SendOutcome } from "../mail/mailer.ts";
import type { JobOutcome } from "../queue/queue.ts";

/** A retry must end well inside the provider's memory of the key. */
const KEY_MARGIN_MS = 3_600_000;
const FIRST_RETRY_MS = 2_000;
const LONGEST_RETRY_MS = 15 * 60_000;
/** How long single mails rest when the provider refuses everything. */
const HALT_MS = 5 * 60_000;

/** The same bytes again under the same key, after so long. */
export interface Later {
  reason: string;
  afterMs: number;
  /** What the row must say of attempts whose outcome is not known. */
  unsettledSince: number | null;
  job: JobOutcome;
}

/**
 * What an attempt's outcome asks for, whatever was sent: it was taken, it never will be, it waits, everything waits
 * (`halt`), or it is left to a person (`give-up`).
 */
export type Verdict =
  | Extract<SendOutcome, { kind: "accepted" | "refused" }>
  | ({ kind: "later" } & Later)
  | ({ kind: "halt"; cause: HaltCause } & Later)
  | { kind: "give-up"; reason: string };

/** What counts of an attempt: how many there were, and the first of unknown outcome before it. */
interface Tried {
  attempts: number;
  unsettledSince: number | null;
}

/** The one reading of the mail port's outcomes. Writes nothing. */
export function judge(
  { mailer, clock }: Pick<Context, "mailer" | "clock">,
  tried: Tried,
  outcome: SendOutcome,
): Verdict {
  const { unsettledSince } = tried;
  switch (outcome.kind) {
    case "accepted":
    case "refused":
      return outcome;
    case "retry":
      return { ...outcome, kind: "later", unsettledSince, job: { again: outcome.afterMs } };
    case "throttle":
      return { ...outcome, kind: "later", unsettledSince, job: { throttle: outcome.afterMs } };
    case "halt":
      return { ...outcome, afterMs: HALT_MS, unsettledSince, job: { again: HALT_MS } };
    case "mismatch":
      return { kind: "give-up", reason: outcome.reason };
    case "unknown":
      return mailer.keyLifeMs === 0
        ? { kind: "give-up", reason: outcome.reason }
        : retryUnknown(outcome.reason, tried.attempts, unsettledSince ?? clock());
  }
}

/** Perhaps taken: the same bytes under the same key cannot double it while the provider remembers the key. */
function retryUnknown(reason: string, attempts: number, unsettledSince: number): Verdict {
  const afterMs = backoff(attempts);
  return { kind: "later", reason, afterMs, unsettledSince, job: { again: afterMs } };
}

/** Exponential with full jitter: many batches that failed together do not come back together. */
function backoff(attempts: number): number {
  const ceiling = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** Math.min(attempts - 1, 20));
  return Math.round(ceiling * (0.5 + Math.random() / 2));
}

/** What may have been accepted is tried again only under a key that the same provider still remembers. */
export function mayTry(
  { mailer, clock }: Pick<Context, "mailer" | "clock">,
  row: { unsettled_since: number | null; transport: string | null },
): boolean {
  if (row.unsettled_since === null) return true;
  if (row.transport !== mailer.driver) return false;
  return clock() < row.unsettled_since + mailer.keyLifeMs - KEY_MARGIN_MS;
}

/** A row that was queued for later comes back then; one in other hands is not our concern. */
export function whenDue(row: { status: string; next_attempt_at: number | null } | undefined, now: number): JobOutcome {
  if (row?.status !== "queued" || row.next_attempt_at === null) return undefined;
  const wait = row.next_attempt_at - now;
  return wait > 0 ? { again: wait } : undefined;
}
