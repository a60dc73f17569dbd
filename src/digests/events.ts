import { latestEventSeq } from "../articles/index.ts";
import type { Db } from "../db/database.ts";
import {
  type AudienceFilter,
  audienceOf,
  type Digest,
  digestEventSeqs,
  eventSeqsBetween,
  lastUptoSeq,
  lowestWatermark,
} from "./queries.ts";

/**
 * The events a digest tells: fixed once it started or was picked; for a draft in sequence, those that at least one of
 * its readers has not been decided for.
 */
export async function seqsOf(db: Db, digest: Digest): Promise<number[]> {
  if (digest.mode === "picked" || digest.started_at !== null) return digestEventSeqs(db, digest.id);
  return newSeqs(db, audienceOf(digest), await latestEventSeq(db));
}

/** Events up to `upto` that are new to someone of the audience; with no reader yet, those since the last edition. */
export async function newSeqs(db: Db, filter: AudienceFilter, upto: number): Promise<number[]> {
  const after = (await lowestWatermark(db, filter)) ?? (await lastUptoSeq(db));
  return eventSeqsBetween(db, after, upto);
}
