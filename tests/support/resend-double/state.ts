import { randomBytes } from "node:crypto";
import { createFaultPlan, type FaultPlan } from "./faults.ts";
import { createKeyMemory, type KeyMemory } from "./idempotency.ts";
import { createLimits, type Limits } from "./limits.ts";
import { type AcceptedRecord, createRecord } from "./record.ts";
import { defaults, type Settings } from "./settings.ts";
import { createWebhookSender, type WebhookSender } from "./webhooks.ts";

/** Everything a double remembers. */
export interface State {
  clock: () => number;
  settings: Settings;
  faults: FaultPlan;
  keys: KeyMemory;
  limits: Limits;
  record: AcceptedRecord;
  webhooks: WebhookSender;
  /** The next `count` message ids, as the number of the first of them. */
  takeIds(count: number): number;
  /** The message id of a number. */
  messageId(number: number): string;
  noticeId(): string;
}

export function createState(changes: Partial<Settings>, clock: () => number): State {
  const settings = { ...structuredClone(defaults), ...changes };
  const prefix = randomBytes(4).toString("hex");
  let last = 0;
  let lastNotice = 0;
  return {
    clock,
    settings,
    faults: createFaultPlan(),
    keys: createKeyMemory(clock),
    limits: createLimits(clock),
    record: createRecord(),
    webhooks: createWebhookSender(settings, clock),
    takeIds: (count) => {
      last += count;
      return last - count + 1;
    },
    messageId: (number) => `${prefix}-0000-4000-8000-${number.toString(16).padStart(12, "0")}`,
    noticeId: () => `msg_${prefix}${(++lastNotice).toString(36).padStart(8, "0")}`,
  };
}

/** Forgets everything but the settings. */
export function clearState(state: State): void {
  for (const part of [state.faults, state.keys, state.limits, state.record, state.webhooks]) part.clear();
}
