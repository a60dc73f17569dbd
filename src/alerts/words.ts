import { HALT_CAUSES } from "../mail/mailer.ts";

/** Why sending stopped; `refused-alike`: every message of a digest was refused in the same words. */
export const ALERT_KINDS = [...HALT_CAUSES, "refused-alike"] as const;
export type AlertKind = (typeof ALERT_KINDS)[number];
