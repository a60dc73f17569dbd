export { listConsentEvents } from "./queries.ts";
export { recordConsent, recordConsents } from "./record-consent.ts";
export { consentWording } from "./wording.ts";
