import { seeded } from "./random.ts";

/**
 * What can go wrong with one sending request.
 * - `cut`: taken; the 200 breaks off in the middle of its body.
 * - `garbled`: taken; the 200 holds a page instead of JSON.
 * - `short`: taken; the 200 names one id too few.
 * - `reset`: taken; the connection breaks instead of an answer. `resetBefore`: the same, not taken.
 * - `stall`: taken; no answer ever comes.
 * - `slow`: the answer, and the taking, come after `ms`, whether or not the sender still waits.
 * - `badGateway`: a 502 with an HTML page. `error500`: a 500 in the provider's shape. Taken or not, as `accepted` says.
 * - `status`: not taken; any other error answer. `answer`: not taken; any answer at all, as from something in between.
 */
export type Fault =
  | { kind: "cut" | "garbled" | "short" | "reset" | "resetBefore" | "stall" }
  | { kind: "slow"; ms: number }
  | { kind: "badGateway" | "error500"; accepted: boolean }
  | { kind: "status"; status: number; name: string; message?: string; headers?: Record<string, string> }
  | { kind: "answer"; status: number; body: string };

/** Faults that come by chance: each with its probability, from 0 to 1. */
export interface RandomFaults {
  seed: number;
  faults: { fault: Fault; share: number }[];
}

export interface FaultPlan {
  /** These faults hit the next sending requests, one each; null lets a request pass. */
  next(...faults: (Fault | null)[]): void;
  /** From now on faults come by chance; null ends it. */
  random(faults: RandomFaults | null): void;
  take(): Fault | null;
  clear(): void;
}

export function createFaultPlan(): FaultPlan {
  const planned: (Fault | null)[] = [];
  let chance: { plan: RandomFaults; draw: () => number } | null = null;
  return {
    next: (...faults) => void planned.push(...faults),
    random: (plan) => {
      chance = plan && { plan, draw: seeded(plan.seed) };
    },
    take: () => (planned.length > 0 ? (planned.shift() ?? null) : drawFault(chance)),
    clear: () => {
      planned.length = 0;
      chance = null;
    },
  };
}

function drawFault(chance: { plan: RandomFaults; draw: () => number } | null): Fault | null {
  if (!chance) return null;
  let left = chance.draw();
  for (const { fault, share } of chance.plan.faults) {
    left -= share;
    if (left < 0) return fault;
  }
  return null;
}

/** Whether a request that this hits is processed at all. */
export function isTaken(fault: Fault): boolean {
  if (fault.kind === "badGateway" || fault.kind === "error500") return fault.accepted;
  return !["resetBefore", "status", "answer"].includes(fault.kind);
}

/** What a fault is counted under, such as `cut`, `slow 250`, `error500 taken` or `status 429`. */
export function nameOf(fault: Fault): string {
  switch (fault.kind) {
    case "slow":
      return `slow ${fault.ms}`;
    case "badGateway":
    case "error500":
      return `${fault.kind} ${fault.accepted ? "taken" : "not taken"}`;
    case "status":
    case "answer":
      return `${fault.kind} ${fault.status}`;
    default:
      return fault.kind;
  }
}
