import { z } from "zod";
import { CADENCES, LOCALES } from "./words.ts";

function isTimezone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

export const Timezone = z
  .string()
  .max(64)
  .refine(isTimezone, { error: "expected an IANA time zone such as Europe/Madrid" });
const TopicSlugs = z.array(z.string().max(64)).max(64);

/** What a reader may choose. */
const wishes = {
  /** Empty means every topic. */
  topics: TopicSlugs.default([]),
  cadence: z.enum(CADENCES).default("weekly"),
  timezone: Timezone.default("UTC"),
  locale: z.enum(LOCALES).default("en"),
};

/** A sign-up. `source` says where the form stood: a short word, nothing about the person. */
export const SubscriptionRequest = z.object({
  email: z.string().max(320),
  ...wishes,
  source: z
    .string()
    .max(64)
    .regex(/^[\w ./:-]*$/, "expected letters, digits, spaces and . / : - _")
    .optional(),
});
export type SubscriptionRequest = z.infer<typeof SubscriptionRequest>;

export const Preferences = z.object({
  ...wishes,
  discreet: z.boolean().default(false),
  /** Weeks from now without mail; 0 ends a pause, absent leaves it as it is. */
  pauseWeeks: z.number().int().min(0).max(12).optional(),
});
export type Preferences = z.infer<typeof Preferences>;
