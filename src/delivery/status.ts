import type { ProviderEventKind } from "../mail/provider-event.ts";
import type { DeliveryStatus } from "./words.ts";

/** From which statuses a delivery may move to each. States only move forward, whatever order events arrive in. */
const FROM: Record<DeliveryStatus, readonly DeliveryStatus[]> = {
  queued: ["failed"],
  skipped: ["queued"],
  unknown: ["queued"],
  submitted: ["queued", "unknown"],
  delivered: ["queued", "unknown", "submitted"],
  failed: ["queued", "unknown", "submitted"],
  bounced: ["queued", "unknown", "submitted", "delivered"],
  complained: ["queued", "unknown", "submitted", "delivered", "bounced"],
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
