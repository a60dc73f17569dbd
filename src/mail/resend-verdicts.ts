import type { HaltCause, SendOutcome } from "./mailer.ts";

export type Verdict = Exclude<SendOutcome["kind"], "accepted">;

/**
 * One documented answer and what is done about it.
 * `retry`: the same bytes at once. `throttle`: the same bytes after the silence that was asked for. `refused`: the batch
 * is split until the message at fault stands alone and is dropped; where every one is refused alike the digest is paused
 * instead. `halt`: the digest is paused (`content`), or everything stops, and an alert is raised. `mismatch`: a person
 * decides. `unknown`: the same bytes again within the key's life, then a person decides.
 */
export interface AnswerRow {
  status: number;
  name: string;
  verdict: Verdict;
  cause?: HaltCause;
  why: string;
}

/** Any name of this status that has no row of its own. */
const ANY = "*";

type Does = Exclude<Verdict, "halt"> | HaltCause;

const row = (status: number, name: string, does: Does, why: string): AnswerRow =>
  isVerdict(does) ? { status, name, verdict: does, why } : { status, name, verdict: "halt", cause: does, why };

function isVerdict(does: Does): does is Exclude<Verdict, "halt"> {
  return ["retry", "throttle", "refused", "mismatch", "unknown"].includes(does);
}

/**
 * What each of Resend's error answers means for a batch: status first, name second
 * (resend.com/docs/api-reference/errors). `docs/provider-answers.md` is this table, and a test holds it to that.
 */
export const ANSWERS: readonly AnswerRow[] = [
  row(400, "validation_error", "refused", "may be one message's fault"),
  row(400, "invalid_idempotency_key", "request", "the key is ours to mend, and every batch has one like it"),
  row(400, ANY, "refused", "may be one message's fault"),
  row(401, "missing_api_key", "key", "no key arrived"),
  row(401, "restricted_api_key", "key", "the key may not send"),
  row(401, ANY, "key", "the key is not taken"),
  row(403, "invalid_api_key", "key", "the key was revoked, or never was one"),
  row(403, "suspended_api_key", "key", "the account is suspended"),
  row(403, "invalid_permission", "key", "the key may not do this"),
  row(403, "validation_error", "sender", "the domain is not verified, or is the test sender's"),
  row(403, "email_above_quota", "quota", "the plan allows no more"),
  row(403, ANY, "key", "forbidden, whatever is sent"),
  row(404, "not_found", "request", "a wrong base URL spoils every batch alike"),
  row(404, ANY, "request", "a wrong base URL spoils every batch alike"),
  row(405, "method_not_allowed", "request", "a wrong base URL spoils every batch alike"),
  row(405, ANY, "request", "a wrong base URL spoils every batch alike"),
  row(408, ANY, "unknown", "something between gave up waiting"),
  row(409, "concurrent_idempotent_requests", "retry", "an earlier attempt under this key still runs"),
  row(409, "resource_locked", "retry", "passes by itself"),
  row(409, "invalid_idempotent_request", "mismatch", "the key was used for other bytes, which may have been taken"),
  row(409, ANY, "unknown", "may be about an earlier attempt"),
  row(413, ANY, "refused", "half a batch may be small enough"),
  row(422, "invalid_attachment", "refused", "may be one message's fault"),
  row(422, "invalid_parameter", "refused", "may be one message's fault"),
  row(422, "missing_required_field", "refused", "may be one message's fault"),
  row(422, "missing_required_parameter", "refused", "may be one message's fault"),
  row(422, "validation_error", "refused", "may be one message's fault"),
  row(422, "invalid_from_address", "sender", "the sender is the same in every message"),
  row(422, "invalid_access", "key", "the same for every message"),
  row(422, "invalid_region", "request", "the same for every message"),
  row(422, ANY, "refused", "may be one message's fault"),
  row(429, "rate_limit_exceeded", "throttle", "too many requests; not a failed attempt"),
  row(429, "daily_quota_exceeded", "daily-quota", "comes back within a day; asked for again every hour"),
  row(429, "monthly_quota_exceeded", "quota", "the plan allows no more this month"),
  row(429, ANY, "throttle", "too many requests"),
  row(451, "security_error", "content", "about what the mail says; a person looks at it"),
  row(451, ANY, "content", "about what the mail says; a person looks at it"),
  row(500, "application_error", "unknown", "no proof that nothing was taken"),
  row(500, "internal_server_error", "unknown", "no proof that nothing was taken"),
  row(500, "service_unavailable", "unknown", "no proof that nothing was taken"),
  row(500, ANY, "unknown", "no proof that nothing was taken"),
];

/** Statuses that no row names: a 4xx is refused whatever is sent, and nothing else proves anything. */
const OTHER_4XX = { verdict: "halt", cause: "request" } as const;
const ELSE = { verdict: "unknown" } as const;

/**
 * The verdict on an error answer, with the cause of a halt; `status` null when there was no answer, or one that could not
 * be read. A 5xx is never proof that nothing was taken.
 */
export function verdictOf(status: number | null, name: string): { verdict: Verdict; cause?: HaltCause } {
  const rows = ANSWERS.filter((one) => one.status === status);
  const found = rows.find((one) => one.name === name) ?? rows.find((one) => one.name === ANY);
  if (found) return found;
  return status !== null && status >= 400 && status < 500 ? OTHER_4XX : ELSE;
}
