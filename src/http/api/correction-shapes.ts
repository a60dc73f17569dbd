import { SEVERITIES } from "../../articles/index.ts";
import { DIGEST_STATUSES } from "../../digests/index.ts";
import { z } from "./env.ts";

const Count = z.number().int().min(0);

const Unreachable = z
  .object({ left: Count, bounced: Count, complained: Count, erased: Count, suppressed: Count })
  .openapi({ description: "only the public notice can tell them" });

const Reach = z
  .object({
    complete: z.boolean().openapi({ description: "every reader who was sent the mistake has been decided" }),
    told: Count.openapi({ description: "readers who were sent what was wrong; the sum of all that follows" }),
    queued: Count,
    submitted: Count.openapi({ description: "taken by the provider, not known to have arrived" }),
    delivered: Count,
    failed: Count,
    unknown: Count,
    cancelled: Count,
    unreachable: Unreachable,
    needless: Count.openapi({
      description: "told by an edition instead, or spared the mistake when its letter failed",
    }),
  })
  .openapi("Reach");

/** A correction with its reach, as `getCorrection` gives it. */
export const Correction = z
  .object({
    seq: z.number().int().openapi({ description: "number of its article event" }),
    severity: z.enum(SEVERITIES),
    wrong: z.string(),
    right: z.string(),
    why: z.string().nullable(),
    passage: z.string().nullable(),
    versions: z.array(z.number().int()).openapi({ description: "versions of the article that were wrong" }),
    wrongSince: z.string().openapi({ description: "YYYY-MM-DD or YYYY-MM, since when the article said so" }),
    correctedAt: z.iso.datetime(),
    note: z.string().nullable(),
    slug: z.string(),
    title: z.string(),
    digest: z.string().nullable().openapi({ description: "the digest that carries the notice" }),
    notice: z
      .object({ status: z.enum(DIGEST_STATUSES), reason: z.string().nullable() })
      .openapi({ description: "how that digest stands" }),
    reach: Reach,
  })
  .openapi("Correction");

/** Whom a correction would reach, as `forecastCorrection` gives it. */
export const CorrectionForecast = z
  .object({
    existing: z
      .number()
      .int()
      .nullable()
      .openapi({ description: "number of the correction that says the same already; marking it again sends nothing" }),
    versions: z.array(z.number().int()).openapi({ description: "versions that would count as wrong" }),
    passage: z.string().nullable().openapi({ description: "the words by which they were found" }),
    told: Count.openapi({ description: "readers who were sent any of them; the sum of all that follows" }),
    reachable: Count.openapi({ description: "those of them who would be sent the notice" }),
    unreachable: Unreachable,
    warnings: z.array(z.object({ field: z.string(), text: z.string() })),
  })
  .openapi("CorrectionForecast");
