import { describe, expect, it } from "vitest";
import { limitsIn, silenceIn } from "../../src/mail/resend-limits.ts";
import { verdictOf as rowOf, type Verdict } from "../../src/mail/resend-verdicts.ts";

const verdictOf = (status: number | null, name: string) => rowOf(status, name).verdict;

/** The provider's published list, and what must follow from each. */
const DOCUMENTED: [status: number, name: string, verdict: Verdict][] = [
  [400, "validation_error", "refused"],
  [400, "invalid_idempotency_key", "halt"],
  [401, "missing_api_key", "halt"],
  [401, "restricted_api_key", "halt"],
  [403, "suspended_api_key", "halt"],
  [403, "invalid_permission", "halt"],
  [403, "validation_error", "halt"],
  [403, "email_above_quota", "halt"],
  [403, "invalid_api_key", "halt"],
  [404, "not_found", "halt"],
  [405, "method_not_allowed", "halt"],
  [409, "concurrent_idempotent_requests", "retry"],
  [409, "resource_locked", "retry"],
  [409, "invalid_idempotent_request", "mismatch"],
  [413, "payload_too_large", "refused"],
  [422, "validation_error", "refused"],
  [422, "invalid_attachment", "refused"],
  [422, "invalid_parameter", "refused"],
  [422, "missing_required_field", "refused"],
  [422, "missing_required_parameter", "refused"],
  [422, "invalid_from_address", "halt"],
  [422, "invalid_access", "halt"],
  [422, "invalid_region", "halt"],
  [429, "rate_limit_exceeded", "throttle"],
  [429, "daily_quota_exceeded", "halt"],
  [429, "monthly_quota_exceeded", "halt"],
  [451, "security_error", "halt"],
  [500, "application_error", "unknown"],
  [500, "internal_server_error", "unknown"],
  [500, "service_unavailable", "unknown"],
];

describe("the verdict on an error answer", () => {
  it.each(DOCUMENTED)("%i %s is %s", (status, name, verdict) => {
    expect(verdictOf(status, name)).toBe(verdict);
  });

  it.each<[number | null, Verdict]>([
    [null, "unknown"],
    [400, "refused"],
    [402, "halt"],
    [403, "halt"],
    [408, "unknown"],
    [409, "unknown"],
    [418, "halt"],
    [422, "refused"],
    [429, "throttle"],
    [502, "unknown"],
    [503, "unknown"],
    [504, "unknown"],
    [599, "unknown"],
    [302, "unknown"],
  ])("a name nobody has heard of falls to what its status says: %s is %s", (status, verdict) => {
    expect(verdictOf(status, "a_new_name")).toBe(verdict);
  });

  it("follows the status when a known name comes with another status", () => {
    expect(verdictOf(503, "rate_limit_exceeded")).toBe("unknown");
    expect(verdictOf(403, "rate_limit_exceeded")).toBe("halt");
  });

  it("never takes a server error or a missing answer for proof that nothing was taken", () => {
    for (const status of [null, ...Array.from({ length: 100 }, (_, n) => 500 + n)]) {
      for (const [, name] of DOCUMENTED) expect(verdictOf(status, name)).toBe("unknown");
    }
  });
});

describe("what the provider says about its limits", () => {
  it("is read from the headers, window included", () => {
    expect(limitsIn({ "ratelimit-limit": "2", "ratelimit-policy": "2;w=1" })).toEqual({ max: 2, perMs: 1000 });
    expect(limitsIn({ "ratelimit-limit": "50", "ratelimit-policy": "50;w=10" })).toEqual({ max: 50, perMs: 10_000 });
    expect(limitsIn({ "ratelimit-limit": "5" })).toEqual({ max: 5, perMs: 1000 });
  });

  it("is nothing when the headers are missing or make no sense", () => {
    for (const headers of [null, {}, { "ratelimit-limit": "many" }, { "ratelimit-limit": "0" }]) {
      expect(limitsIn(headers)).toBeUndefined();
    }
  });

  it("asks for silence by retry-after first, then by ratelimit-reset", () => {
    const now = Date.UTC(2026, 0, 1, 12);
    expect(silenceIn({ "retry-after": "3", "ratelimit-reset": "1" }, now)).toBe(3000);
    expect(silenceIn({ "ratelimit-reset": "2" }, now)).toBe(2000);
    expect(silenceIn({ "retry-after": "Thu, 01 Jan 2026 12:00:07 GMT" }, now)).toBe(7000);
    expect(silenceIn({ "retry-after": "soon" }, now)).toBe(1000);
    expect(silenceIn(null, now)).toBe(1000);
  });

  it("keeps the silence between a quarter of a second and an hour", () => {
    expect(silenceIn({ "retry-after": "0" }, 0)).toBe(250);
    expect(silenceIn({ "retry-after": "9999999" }, 0)).toBe(3_600_000);
  });
});
