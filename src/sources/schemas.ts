import { z } from "zod";
import { FOLLOWED } from "./table.ts";

/** What to follow: the address of a feed, of a sitemap, or of a page that names its feed. */
export const NewSource = z.object({
  url: z.url({ protocol: /^https?$/, error: "expected an http(s) address" }).max(2_000),
  /** Whether what it names now is taken in without telling anyone. */
  backfill: z.boolean().default(true),
});

export const SourceChange = z.object({ status: z.enum(FOLLOWED) });
