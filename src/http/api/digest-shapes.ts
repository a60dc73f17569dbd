import { DIGEST_MODES, DIGEST_STATUSES } from "../../digests/index.ts";
import { z } from "./env.ts";

export const DigestStatus = z.enum(DIGEST_STATUSES);

const Count = z.number().int().min(0);
const Time = z.iso.datetime().nullable();

const Counts = z
  .object({
    candidates: Count,
    excluded: z.record(z.string(), Count).openapi({ description: "readers left out, by reason" }),
    queued: Count,
    submitted: Count,
    delivered: Count,
    bounced: Count,
    complained: Count,
    failed: Count,
    unknown: Count,
    skipped: Count,
  })
  .openapi("Counts");

/** A digest's state, counts and progress, as `getDigest` gives it. */
export const Digest = z
  .object({
    id: z.string(),
    status: DigestStatus,
    reason: z.string().optional().openapi({ description: "why it is paused or cancelled" }),
    subject: z.string().nullable(),
    intro: z.string().nullable(),
    cadence: z.string().nullable(),
    mode: z.enum(DIGEST_MODES),
    events: z.array(z.number().int()).openapi({ description: "numbers of article events" }),
    createdAt: z.iso.datetime(),
    sendAt: Time,
    startedAt: Time,
    plannedAt: Time,
    finishedAt: Time,
    counts: Counts,
    skippedBecause: z.record(z.string(), Count).openapi({ description: "deliveries skipped, by reason" }),
    perSecond: z
      .number()
      .optional()
      .openapi({ description: "messages handed over a second in the last minute, while sending" }),
    secondsLeft: z.number().int().optional().openapi({
      description: "at that rate and within the ceilings of a warm-up, once the audience is known",
    }),
    waitingUntil: z.iso.datetime().optional().openapi({ description: "nothing of it goes out before" }),
    waitingReason: z.string().optional().openapi({ description: "why it waits" }),
  })
  .openapi("Digest");

export const Audience = z
  .object({
    frozen: z.boolean().openapi({ description: "false: a forecast that sign-ups and departures still change" }),
    candidates: Count,
    receiving: Count,
    excluded: z.record(z.string(), Count),
  })
  .openapi("Audience");

export const Delivery = z
  .object({
    id: z.number().int(),
    subscriber: z.string(),
    status: z.string(),
    reason: z.string().nullable(),
    providerId: z.string().nullable(),
    submittedAt: Time,
    eventAt: Time,
  })
  .openapi("Delivery");
