import { z } from "zod";
import { readDay } from "./reading/days.ts";
import { LIMITS } from "./reading/limits.ts";

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
