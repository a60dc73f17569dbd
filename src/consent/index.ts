export { listConsentEvents } from "./queries.ts";
export { type ConsentInput, recordConsent, recordConsents } from "./record-consent.ts";
export { consentWording } from "./wording.ts";
