import { holdArticles } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { retryFailed, tellInstead } from "../delivery/index.ts";
import { ConflictError } from "../errors.ts";
import { toldBy } from "./audience.ts";
import { withCorrections } from "./decide.ts";
import { openEditionPress } from "./edition-press.ts";
import { tellable } from "./events.ts";
import {
  alreadyTold,
  correctionsCarriedBy,
  type Digest,
  failedLetters,
  kindOf,
  lockDigest,
  lockReadersOf,
  relatedDigestIds,
  updateDigest,
} from "./queries.ts";
import { freezeEdition } from "./render-edition.ts";
import { replaceWrongOf } from "./replace-wrong.ts";
import { getDigestRow } from "./send-digest.ts";

/**
 * Sends a digest again to those whose delivery failed, and to nobody else; with what was corrected since, and not to whom
 * another digest has told any of it meanwhile. Throws `ConflictError` for one that was never sent or was cancelled. Gives
 * how many there are.
 */
export async function retryDigest(ctx: Context, uid: string): Promise<{ retried: number }> {
  const digest = await getDigestRow(ctx, uid);
  for (;;) {
    await replaceWrongOf(ctx, digest);
    const result = await retry(ctx, digest);
    if (result) return result;
  }
}

/** Null: something of it was corrected a moment ago, and gives way first. */
function retry(ctx: Context, digest: Digest): Promise<{ retried: number } | null> {
  return transaction(ctx, async (tx) => {
    await holdArticles(tx);
    if (digest.mode !== "correction" && (await correctionsCarriedBy(tx.db, digest.id)).size > 0) return null;
    const { status } = (await lockDigest(tx.db, tx.engine, digest.id)) ?? digest;
    if (!["sending", "paused", "sent"].includes(status)) {
      throw new ConflictError(`A digest that is ${status} has no failed deliveries to send again.`);
    }
    const retried = await retryFailed(tx, digest.id, kindOf(digest), await leaveOutTold(tx, digest));
    if (retried > 0) await updateDigest(tx.db, digest.id, ["sent"], { status: "sending", finished_at: null });
    return { retried };
  });
}

/** Failed letters looked at in one query. */
const PAGE = 1000;

/**
 * Lets failed letters leave out what another digest has told their reader, or is about to. Gives those of which nothing
 * is left. A notice stays owed: an edition that says its correction says it of what that edition tells.
 */
async function leaveOutTold(tx: TxContext, digest: Digest): Promise<Set<number>> {
  const nothingLeft = new Set<number>();
  if (digest.mode === "correction") return nothingLeft;
  const press = openEditionPress(digest);
  const failed = await failedLetters(tx.db, digest.id);
  await lockReadersOf(tx.db, tx.engine, digest.id);
  const events = await tellable(tx.db, [...new Set(failed.flatMap((letter) => letter.seqs))]);
  const news = events.filter((event) => event.corrects === null);
  const others = await relatedDigestIds(
    tx.db,
    { ...digest, mode: "picked" },
    news.map((event) => event.seq),
  );
  for (let place = 0; others.length > 0 && place < failed.length; place += PAGE) {
    const page = failed.slice(place, place + PAGE);
    const told = toldBy(
      await alreadyTold(
        tx.db,
        others,
        page.map((letter) => letter.subscriberId),
      ),
    );
    for (const { id, subscriberId, seqs, locale, discreet } of page) {
      const mine = news.filter((event) => seqs.includes(event.seq));
      const left = mine.filter((event) => !told.get(subscriberId)?.has(event.seq));
      if (left.length === 0) nothingLeft.add(id);
      else if (left.length < mine.length) {
        const variant = { seqs: withCorrections(events, left), locale, discreet };
        await tellInstead(tx.db, id, await freezeEdition(tx, press, variant));
      }
    }
  }
  return nothingLeft;
}
