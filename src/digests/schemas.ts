import { z } from "zod";
import { CADENCES } from "../subscribers/words.ts";

const line = (max: number) =>
  z
    .string()
    .trim()
    .min(1)
    .max(max)
    .regex(/^[^\r\n\0]*$/, "expected one line");

/** A draft. `events: "new"` tells each reader what they have not been told; a list tells just those events. */
export const DigestDraft = z.object({
  events: z.union([z.literal("new"), z.array(z.number().int().positive()).min(1).max(500)]).default("new"),
  /** Only events about one of these topics; the digest then stands outside the sequence. */
  topics: z.array(z.string().max(64)).max(64).optional(),
  /** Only readers of this cadence. */
  cadence: z.enum(CADENCES).optional(),
  subject: line(200).optional(),
  intro: z.string().trim().min(1).max(2000).optional(),
  /** When to start by itself once triggered, RFC 3339. */
  sendAt: z.iso.datetime({ offset: true }).optional(),
});
export type DigestDraft = z.infer<typeof DigestDraft>;
