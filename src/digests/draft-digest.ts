import { latestEventSeq, loadEventsForDigest } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { transaction } from "../db/transaction.ts";
import { InvalidError } from "../errors.ts";
import { parse } from "../parse.ts";
import { checkTopics } from "../topics/index.ts";
import { newEvents } from "./events.ts";
import { type Digest, insertDigest, knownEventSeqs, replaceDigestEvents } from "./queries.ts";
import { DigestDraft } from "./schemas.ts";

/**
 * Drafts a digest. Throws `InvalidError` for unknown events or topics. A draft of what is new finds its events when it
 * is sent; one that is picked, or limited to topics, holds them from now on and leaves every reader's place alone.
 */
export async function draftDigest(ctx: Context, input: unknown): Promise<Digest> {
  const draft = parse(DigestDraft, input);
  await checkTopics(ctx.db, draft.topics ?? []);
  const picked = await pickedSeqs(ctx, draft);
  return transaction(ctx, async (tx) => {
    const digest = await insertDigest(tx.db, {
      uid: tx.newId(),
      status: "draft",
      mode: picked ? "picked" : "sequence",
      subject: draft.subject ?? null,
      intro: draft.intro ?? null,
      cadence: draft.cadence ?? null,
      send_at: draft.sendAt ? Date.parse(draft.sendAt) : null,
      created_at: tx.clock(),
    });
    if (picked) await replaceDigestEvents(tx.db, digest.id, picked);
    return digest;
  });
}

/** The events a draft holds from the start; null for one in sequence. */
async function pickedSeqs(ctx: Context, { events, topics, cadence }: DigestDraft): Promise<number[] | null> {
  if (events === "new" && !topics?.length) return null;
  const asked =
    events === "new"
      ? (await newEvents(ctx, { cadence: cadence ?? null, timezones: null }, await latestEventSeq(ctx.db))).seqs
      : await checkEvents(ctx, events);
  if (!topics?.length) return asked;
  const about = await loadEventsForDigest(ctx.db, asked);
  return about.filter((event) => event.topics.some((slug) => topics.includes(slug))).map((event) => event.seq);
}

async function checkEvents(ctx: Context, asked: number[]): Promise<number[]> {
  const known = await knownEventSeqs(ctx.db, asked);
  const unknown = asked.filter((seq) => !known.includes(seq));
  if (unknown.length === 0) return known;
  const text = `no article event has the number ${unknown.join(", ")}`;
  throw new InvalidError(`events: ${text}`, [{ field: "events", text }]);
}
