import type { RandomFaults } from "../support/resend-double/index.ts";

/**
 * Everything that a provider, or what stands before it, can do to a request: one in four goes wrong. Answers that stop
 * everything until a person acts are not among them.
 */
export function badProvider(seed: number): RandomFaults {
  return {
    seed,
    faults: [
      { fault: { kind: "cut" }, share: 0.03 },
      { fault: { kind: "garbled" }, share: 0.02 },
      { fault: { kind: "short" }, share: 0.02 },
      { fault: { kind: "reset" }, share: 0.03 },
      { fault: { kind: "resetBefore" }, share: 0.03 },
      { fault: { kind: "stall" }, share: 0.02 },
      { fault: { kind: "badGateway", accepted: false }, share: 0.02 },
      { fault: { kind: "badGateway", accepted: true }, share: 0.02 },
      { fault: { kind: "error500", accepted: false }, share: 0.02 },
      { fault: { kind: "error500", accepted: true }, share: 0.02 },
      { fault: TOO_MANY, share: 0.02 },
      { fault: CONCURRENT, share: 0.02 },
      { fault: { kind: "answer", status: 503, body: "upstream connect error" }, share: 0.01 },
      { fault: { kind: "slow", ms: 250 }, share: 0.3 },
      { fault: { kind: "slow", ms: 1500 }, share: 0.02 },
    ],
  };
}

const TOO_MANY = {
  kind: "status",
  status: 429,
  name: "rate_limit_exceeded",
  headers: { "retry-after": "1" },
} as const;

const CONCURRENT = { kind: "status", status: 409, name: "concurrent_idempotent_requests" } as const;
