/** A subscriber's states; `pending → active → unsubscribed | bounced | complained → erased`. */
export const SUBSCRIBER_STATUSES = ["pending", "active", "unsubscribed", "bounced", "complained", "erased"] as const;
export type SubscriberStatus = (typeof SUBSCRIBER_STATUSES)[number];

export const CADENCES = ["immediate", "daily", "weekly", "monthly"] as const;
export type Cadence = (typeof CADENCES)[number];

export const LOCALES = ["en", "es"] as const;
export type Locale = (typeof LOCALES)[number];
