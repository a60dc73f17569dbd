import { z } from "zod";
import { readDay } from "./reading/days.ts";
import { LIMITS } from "./reading/limits.ts";
import { SEVERITIES } from "./table.ts";

const Day = z
  .string()
  .max(10)
  .regex(/^\d{4}-\d{2}(-\d{2})?$/, { error: "expected YYYY-MM-DD or YYYY-MM", abort: true })
  .refine((day) => readDay(day).day === day, { error: "expected a day or month of the calendar" });
const WebAddress = z.url({ protocol: /^https?$/, error: "expected an http(s) address" }).max(2_000);
const text = (max: number) => z.string().trim().min(1).max(max);

/** An article as a publishing system sends it. What is left out is not known. */
export const ArticleInput = z.object({
  url: WebAddress,
  title: text(LIMITS.title),
  summary: text(LIMITS.summary).nullable().default(null),
  publishedOn: Day.nullable().default(null),
  updatedOn: Day.nullable().default(null),
  reviewedOn: Day.nullable().default(null),
  reviewers: z.array(text(LIMITS.reviewer)).max(LIMITS.reviewers).default([]),
  readingMinutes: z.number().int().min(1).max(600).nullable().default(null),
  references: z.array(text(LIMITS.reference)).max(LIMITS.references).default([]),
  /** Slugs or names of this site's topics. */
  topics: z.array(text(LIMITS.topic)).max(LIMITS.topics).default([]),
  sections: z
    .array(
      z.object({
        heading: z.string().trim().max(LIMITS.heading),
        level: z.number().int().min(1).max(4).default(2),
        text: z.string().max(LIMITS.sectionText),
      }),
    )
    .min(1)
    .max(LIMITS.sections),
  /** The backlog at set-up: a version, no event. */
  backfill: z.boolean().default(false),
});
export type ArticleInput = z.infer<typeof ArticleInput>;

const WORDS = 2_000;

/** What an editor says of a version that was wrong. */
export const CorrectionInput = z.object({
  /** Number of the version that was wrong. */
  version: z.number().int().min(1),
  severity: z.enum(SEVERITIES).default("correction"),
  /** What readers were told; quoted to them. */
  wrong: text(WORDS),
  /** What is right. */
  right: text(WORDS),
  why: text(WORDS).nullable().default(null),
  /**
   * The wrong words as the version has them: every other version that has them was wrong as well. Left out, `wrong` is
   * looked for; what is not found names the one version alone.
   */
  passage: text(WORDS).nullable().default(null),
  note: text(WORDS).nullable().default(null),
});
export type CorrectionInput = z.infer<typeof CorrectionInput>;

/** An editor's words about an event; null takes them back. */
export const EventNote = z.object({ note: text(WORDS).nullable() });
