import { DIGEST_MODES, DIGEST_STATUSES, LEDGER_STATUSES, READER_OUTCOMES } from "../../digests/index.ts";
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
    status: DigestStatus,
    candidates: Count,
    receiving: Count,
    excluded: z.record(z.string(), Count).openapi({
      description: "readers left out, by reason; `candidates` is `receiving` and all of these",
      example: { "nothing-new": 80, paused: 40, suppressed: 8 },
    }),
    deliveries: z
      .record(z.string(), Count)
      .nullable()
      .openapi({ description: "of those who receive, by state; null in a forecast" }),
    skipped: z
      .record(z.string(), Count)
      .openapi({ description: "of the skipped, by reason: what became later of who was to get it" }),
    summary: z.string().openapi({
      description: "all of it in English",
      example:
        "5,040 readers match, 4,912 will get it. 128 will not, because 88 have nothing new in it and 40 have paused.",
    }),
  })
  .openapi("Audience");

/** A line of a digest's ledger. */
export const Delivery = z
  .object({
    id: z.number().int().nullable().openapi({ description: "null for a reader who was left out" }),
    subscriber: z.string(),
    status: z.enum(LEDGER_STATUSES),
    reason: z
      .string()
      .nullable()
      .openapi({ description: "the provider's words, why it was skipped, or why the reader was left out" }),
    providerId: z.string().nullable(),
    submittedAt: Time,
    eventAt: Time,
  })
  .openapi("Delivery");

/** What became of a digest for one reader, as `readerDigests` gives it. */
export const ReaderDigest = z
  .object({
    digest: z.object({
      id: z.string(),
      status: DigestStatus,
      mode: z.enum(DIGEST_MODES),
      subject: z.string().nullable().openapi({ description: "the editor's own" }),
      startedAt: Time,
    }),
    outcome: z.enum([...LEDGER_STATUSES, ...READER_OUTCOMES]),
    reason: z.string().nullable(),
    submittedAt: Time,
    eventAt: Time,
    text: z.string().openapi({ description: "why, in an English sentence" }),
  })
  .openapi("ReaderDigest");
