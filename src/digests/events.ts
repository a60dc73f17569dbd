import { latestEventSeq } from "../articles/index.ts";
import type { Context } from "../context.ts";
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
 * The events a digest tells: fixed once it started or was picked; for a draft in sequence, those that at least one of
 * its readers has not been decided for.
 */
export async function eventsFor(ctx: Now, digest: Digest): Promise<DigestEvents> {
  if (digest.mode !== "sequence" || digest.started_at !== null) {
    return { seqs: await digestEventSeqs(ctx.db, digest.id), from: digest.from_seq ?? 0 };
  }
  return newEvents(ctx, audienceOf(digest), await latestEventSeq(ctx.db));
}

/**
 * Events up to `upto` that are new to someone of the audience who can be told now; with no such reader, those since the
 * last edition. Who is away does not stretch everybody's edition over all they missed.
 */
export async function newEvents(ctx: Now, filter: AudienceFilter, upto: number): Promise<DigestEvents> {
  const from = (await lowestPlace(ctx.db, filter, ctx.clock())) ?? (await lastUptoSeq(ctx.db));
  return { seqs: await eventSeqsBetween(ctx.db, from, upto), from };
}
