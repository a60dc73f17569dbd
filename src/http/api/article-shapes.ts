import { z } from "./env.ts";

const Headings = z.array(z.string());

export const ArticleEvent = z
  .looseObject({
    seq: z.number().int(),
    kind: z.string(),
    changes: z
      .looseObject({
        added: Headings,
        removed: Headings,
        renamed: z
          .array(z.tuple([z.string(), z.string()]))
          .openapi({ type: "array", items: { type: "array", items: { type: "string" } } }),
        moved: Headings,
        changed: Headings,
      })
      .nullable(),
  })
  .openapi("ArticleEvent");

export const Article = z
  .looseObject({
    slug: z.string(),
    url: z.string(),
    title: z.string(),
    summary: z.string().nullable(),
    publishedOn: z.string().nullable().openapi({ description: "YYYY-MM-DD, or YYYY-MM where the page gives a month" }),
    updatedOn: z.string().nullable(),
    reviewedOn: z.string().nullable(),
    reviewers: z.array(z.string()),
    readingMinutes: z.number().int().nullable(),
    references: z.number().int(),
    topics: z.array(z.string()),
    sections: z.array(z.object({ heading: z.string(), level: z.number().int() })),
  })
  .openapi("Article");

export const TakenIn = z
  .object({
    article: Article,
    version: z.number().int(),
    warnings: z.array(z.object({ field: z.string(), text: z.string() })),
    event: ArticleEvent.nullable(),
  })
  .openapi("TakenIn");
