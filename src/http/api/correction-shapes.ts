import { SEVERITIES } from "../../articles/index.ts";
import { z } from "./env.ts";

const Count = z.number().int().min(0);

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
    unreachable: z
      .object({ left: Count, bounced: Count, complained: Count, erased: Count, suppressed: Count })
      .openapi({ description: "only the public notice can tell them" }),
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
    wrongSince: z.string().openapi({ description: "YYYY-MM-DD, when the first of them was taken in" }),
    correctedAt: z.iso.datetime(),
    note: z.string().nullable(),
    slug: z.string(),
    title: z.string(),
    digest: z.string().nullable().openapi({ description: "the digest that carries the notice" }),
    reach: Reach,
  })
  .openapi("Correction");
