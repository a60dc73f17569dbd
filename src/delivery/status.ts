import type { ProviderEventKind } from "../mail/provider-event.ts";
import type { DeliveryStatus } from "./words.ts";

/**
 * From which statuses a delivery may move to each. States only move forward, whatever order events arrive in. What proves
 * that the mailbox was reached outranks a failure: who has the message is not among those it is sent to again.
 */
const FROM: Record<DeliveryStatus, readonly DeliveryStatus[]> = {
  queued: ["failed"],
  skipped: ["queued"],
  unknown: ["queued"],
  submitted: ["queued", "unknown"],
  delivered: ["queued", "unknown", "submitted", "failed"],
  failed: ["queued", "unknown", "submitted"],
  bounced: ["queued", "unknown", "submitted", "failed", "delivered"],
  complained: ["queued", "unknown", "submitted", "failed", "delivered", "bounced"],
};

const EVENT_STATUS: Record<ProviderEventKind, DeliveryStatus> = {
  sent: "submitted",
  delayed: "submitted",
  delivered: "delivered",
  bounced: "bounced",
  "bounced-soft": "bounced",
  suppressed: "bounced",
  complained: "complained",
  failed: "failed",
};

/** The statuses from which `to` is a step forward. */
export function statusesBefore(to: DeliveryStatus): readonly DeliveryStatus[] {
  return FROM[to];
}

/** The status that a provider event proves. */
export function statusOfEvent(kind: ProviderEventKind): DeliveryStatus {
  return EVENT_STATUS[kind];
}
