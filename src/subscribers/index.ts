export { readAddress } from "./address.ts";
export { type Confirmation, confirm, lookAtConfirmation } from "./confirm.ts";
export { eraseByUid, eraseSelf } from "./erase.ts";
export { exportSubscribers } from "./export-subscribers.ts";
export { importSubscribers } from "./import-subscribers.ts";
export { ipRange } from "./ip-range.ts";
export { liftSuppressionOf } from "./lift-suppression.ts";
export { HOUR_MS, hit } from "./limit.ts";
export {
  countSubscribers,
  findSubscriber,
  getSubscriber,
  listSubscribers,
  SubscriberView,
} from "./list-subscribers.ts";
export { exportReader, readHeld, readPreferences, updatePreferences } from "./preferences.ts";
export { purge } from "./purge.ts";
export { isNotMeToken, refuseRequest } from "./refuse-request.ts";
export { requestSubscription } from "./request-subscription.ts";
export { SubscriptionRequest } from "./schemas.ts";
export { sweepRequests } from "./sweep-requests.ts";
export { takeRequest } from "./take-request.ts";
export { isUnsubscribeToken, unsubscribe } from "./unsubscribe.ts";
export { SUBSCRIBER_STATUSES } from "./words.ts";
