import type { SendOutcome } from "./mailer.ts";

export type Verdict = Exclude<SendOutcome["kind"], "accepted">;

/** Any name of this status that has no row of its own. */
const ANY = "*";

/**
 * What each of Resend's error answers means for a batch: status first, name second
 * (resend.com/docs/api-reference/errors). A status without a row: 4xx `halt`, all else `unknown`.
 * `refused` is said only of what can be one message's own fault, since the batch is then split to find that message.
 */
const VERDICTS: readonly (readonly [status: number, name: string, verdict: Verdict])[] = [
  [400, "invalid_idempotency_key", "halt"], // ours to mend
  [400, ANY, "refused"],
  [401, ANY, "halt"], // missing_api_key, restricted_api_key
  [403, ANY, "halt"], // invalid_api_key, suspended_api_key, validation_error (domain), email_above_quota
  [404, ANY, "halt"], // a wrong base URL spoils every message alike
  [405, ANY, "halt"],
  [408, ANY, "unknown"],
  [409, "concurrent_idempotent_requests", "retry"],
  [409, "resource_locked", "retry"],
  [409, "invalid_idempotent_request", "mismatch"],
  [409, ANY, "unknown"],
  [413, ANY, "refused"], // half a batch may be small enough
  [422, "invalid_from_address", "halt"], // the sender is the same in every message
  [422, "invalid_access", "halt"],
  [422, "invalid_region", "halt"],
  [422, ANY, "refused"], // validation_error, invalid_parameter, missing_required_field, …
  [429, "daily_quota_exceeded", "halt"],
  [429, "monthly_quota_exceeded", "halt"],
  [429, ANY, "throttle"], // rate_limit_exceeded
  [451, ANY, "halt"], // security_error
];

/**
 * The verdict on an error answer; `status` null when there was no answer, or one that could not be read. A 5xx is never
 * proof that nothing was taken.
 */
export function verdictOf(status: number | null, name: string): Verdict {
  const rows = VERDICTS.filter(([rowStatus]) => rowStatus === status);
  const row = rows.find(([, rowName]) => rowName === name) ?? rows.find(([, rowName]) => rowName === ANY);
  if (row) return row[2];
  return status !== null && status >= 400 && status < 500 ? "halt" : "unknown";
}
