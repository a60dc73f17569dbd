import type { Config } from "../../config.ts";
import type { Database } from "../../db/database.ts";
import { listSources, type SourceReport } from "../../sources/index.ts";
import { type Finding, ok, warn } from "./finding.ts";

/** The feeds and sitemaps that are followed: one finding for each that is not well, or one for all of them. */
export async function checkSources(config: Config, { db }: Database): Promise<Finding[]> {
  const sources = await listSources({ config, db, clock: Date.now });
  if (sources.length === 0) return [];
  const ill = sources.flatMap((source) => problemOf(source) ?? []);
  return ill.length > 0 ? ill : [ok("sources", `${sources.length} followed, none failing`)];
}

function problemOf({ url, status, lastError, failingSince, pages }: SourceReport): Finding | null {
  const since = failingSince === null ? "" : ` since ${new Date(failingSince).toISOString().slice(0, 16)}Z`;
  if (status === "failing" || status === "gone") return warn("source", `${url} is ${status}${since}: ${lastError}`);
  if (pages.failing > 0)
    return warn("source", `${url}: ${pages.failing} of its pages cannot be fetched; they are retried`);
  return null;
}
