import { correctionsOfVersions, latestEventSeq, loadEventsForDigest } from "../articles/index.ts";
import type { Db } from "../db/database.ts";
import { packTopics } from "../topics/index.ts";
import type { TellableEvent } from "./decide.ts";
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
 * The events a digest tells: fixed once it started; before that, of a picked one those picked with their corrections, and
 * of one in sequence those that at least one of its readers has not been decided for.
 */
export async function seqsOf(db: Db, digest: Digest): Promise<number[]> {
  if (digest.mode === "sequence" && digest.started_at === null) {
    return newSeqs(db, audienceOf(digest), await latestEventSeq(db));
  }
  const seqs = await digestEventSeqs(db, digest.id);
  return digest.mode === "picked" && digest.started_at === null ? withTheirCorrections(db, seqs) : seqs;
}

/** Events up to `upto` that are new to someone of the audience; with no reader yet, those since the last edition. */
export async function newSeqs(db: Db, filter: AudienceFilter, upto: number): Promise<number[]> {
  const after = (await lowestWatermark(db, filter)) ?? (await lastUptoSeq(db));
  return eventSeqsBetween(db, after, upto);
}

/** These events as far as deciding needs them. */
export async function tellable(db: Db, seqs: number[]): Promise<TellableEvent[]> {
  const events = await loadEventsForDigest(db, seqs);
  return events.map(({ seq, topics, articleId, versionId, correction }) => ({
    seq,
    topics: packTopics(topics),
    articleId,
    versionId,
    corrects: correction?.wrongVersionIds ?? null,
  }));
}

/** These events and the corrections of what they tell, so that nothing known to be wrong goes out without them. */
async function withTheirCorrections(db: Db, seqs: number[]): Promise<number[]> {
  const versions = (await loadEventsForDigest(db, seqs)).map((event) => event.versionId);
  const first = Math.min(...seqs);
  const later = (await correctionsOfVersions(db, versions)).filter((seq) => seq > first);
  return [...new Set([...seqs, ...later])].sort((a, b) => a - b);
}
