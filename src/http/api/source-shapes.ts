import { PAGE_STATES, type PageTrouble, SOURCE_STATUSES, type SourceReport } from "../../sources/index.ts";
import { z } from "./env.ts";

const Time = z.iso.datetime();
const count = (description: string) => z.number().int().openapi({ description });

export const Source = z
  .object({
    id: z.string(),
    url: z.string(),
    kind: z.enum(["feed", "sitemap", "notices"]),
    title: z.string().nullable(),
    status: z.enum(SOURCE_STATUSES).openapi({
      description:
        "waiting: something is still to be looked at; retrying: it could not be read lately; failing: for a day or longer; gone: its server says for good",
    }),
    lastOkAt: Time.nullable(),
    lastPolledAt: Time.nullable().openapi({
      description: "when the last round ended: the list read, and every page that was due looked at",
    }),
    nextPollAt: Time.nullable(),
    failingSince: Time.nullable(),
    lastError: z.string().nullable(),
    note: z.string().nullable().openapi({ description: "what the last reading left out" }),
    pages: z.object({
      known: count("pages that the source names or named"),
      taken: count("whose article was taken in"),
      waiting: count("to be looked at now"),
      failing: count("that could not be fetched, and are tried again"),
      gone: count("answered by 404 or 410"),
      refused: count("that hold no article, or may not be fetched"),
      notFollowed: count("on other hosts"),
    }),
    createdAt: Time,
  })
  .openapi("Source");

export const SourceWithTroubles = Source.extend({
  troubles: z
    .array(
      z.object({
        url: z.string(),
        state: z.enum(PAGE_STATES),
        reason: z.string().nullable(),
        attempts: z.number().int(),
        nextLookAt: Time.nullable(),
        takenAt: Time.nullable(),
      }),
    )
    .openapi({ description: "pages that are not, or no longer, taken in; 200 at most" }),
}).openapi("SourceWithTroubles");

export function toSource({ ...source }: SourceReport): z.infer<typeof Source> {
  return {
    ...source,
    lastOkAt: time(source.lastOkAt),
    lastPolledAt: time(source.lastPolledAt),
    nextPollAt: time(source.nextPollAt),
    failingSince: time(source.failingSince),
    createdAt: new Date(source.createdAt).toISOString(),
  };
}

export function toSourceWithTroubles({
  troubles,
  ...source
}: SourceReport & { troubles: PageTrouble[] }): z.infer<typeof SourceWithTroubles> {
  return {
    ...toSource(source),
    troubles: troubles.map((page) => ({ ...page, nextLookAt: time(page.nextLookAt), takenAt: time(page.takenAt) })),
  };
}

function time(at: number | null): string | null {
  return at === null ? null : new Date(at).toISOString();
}
