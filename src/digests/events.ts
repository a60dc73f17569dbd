import { correctionsOfVersions, latestEventSeq, loadEventsForDigest } from "../articles/index.ts";
import type { Context } from "../context.ts";
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
} from "./queries.ts";
import { lowestPlace } from "./rhythm-queries.ts";

/** What reading a place needs: the database or a transaction of it, and the time. */
type Now = Pick<Context, "db" | "clock">;

/** Events of a digest, and the place above which it holds all of them; 0 for one out of sequence. */
export interface DigestEvents {
  seqs: number[];
  from: number;
}

/** The numbers of a digest's events, see `eventsFor`. */
export async function seqsOf(ctx: Now, digest: Digest): Promise<number[]> {
  return (await eventsFor(ctx, digest)).seqs;
}

/**
 * The events a digest tells: fixed once it started; before that, of a picked one those picked with their corrections, and
 * of one in sequence those that at least one of its readers has not been decided for.
 */
export async function eventsFor(ctx: Now, digest: Digest): Promise<DigestEvents> {
  if (digest.mode === "sequence" && digest.started_at === null) {
    return newEvents(ctx, audienceOf(digest), await latestEventSeq(ctx.db));
  }
  const seqs = await digestEventSeqs(ctx.db, digest.id);
  const whole = digest.mode === "picked" && digest.started_at === null;
  return { seqs: whole ? await withTheirCorrections(ctx.db, seqs) : seqs, from: digest.from_seq ?? 0 };
}

/**
 * Events up to `upto` that are new to someone of the audience who can be told now; with no such reader, those since the
 * last edition. Who is away does not stretch everybody's edition over all they missed.
 */
export async function newEvents(ctx: Now, filter: AudienceFilter, upto: number): Promise<DigestEvents> {
  const from = (await lowestPlace(ctx.db, filter, ctx.clock())) ?? (await lastUptoSeq(ctx.db));
  return { seqs: await eventSeqsBetween(ctx.db, from, upto), from };
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
