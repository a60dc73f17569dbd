import { webAddress } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { nudge, transaction } from "../db/transaction.ts";
import { parse } from "../parse.ts";
import { pollSourceJob } from "./jobs.ts";
import { LEASE_MS } from "./poll-source.ts";
import { findSourceByUrl, insertSource, releaseSource, type Source } from "./queries.ts";
import { type Reading, readFetched, readSource } from "./read-source.ts";
import { findFeed } from "./reading/find-feed.ts";
import { unreadable } from "./reading/listing.ts";
import { recordReading } from "./record-reading.ts";
import { NewSource } from "./schemas.ts";

/** What is followed. `id` is for `pollSource`, `uid` for the world. */
export interface Followed {
  id: number;
  uid: string;
  created: boolean;
}

/**
 * Follows a feed or sitemap from now on; `input` is a `NewSource`, and may name a page that names its feed. What the
 * source names now is the backlog, taken in without events unless `backfill` is false. `created` is false when it is
 * followed already: nothing is changed then. Throws `InvalidError` when there is nothing to follow at the address, and
 * as `FetchPage` does when it cannot be had.
 */
export async function followSource(ctx: Context, input: unknown): Promise<Followed> {
  const { url: given, backfill } = parse(NewSource, input);
  const asked = webAddress(given) ?? given;
  const known = await findSourceByUrl(ctx.db, asked);
  if (known) return { id: known.id, uid: known.uid, created: false };
  const { url, reading } = await discover(ctx, asked);
  const { source, created } = await add(ctx, url, reading, backfill);
  return { id: source.id, uid: source.uid, created };
}

interface Found {
  url: string;
  /** Null when it is followed already. */
  reading: Reading | null;
}

/** The list at the address, or the one that the page there names. */
async function discover(ctx: Context, asked: string): Promise<Found> {
  const fetched = await ctx.fetchPage(asked, { as: "list" });
  const reading = await readFetched(ctx, fetched);
  if (reading) return { url: asked, reading };
  const url = findFeed(fetched.body, fetched.url);
  if (url === null) throw unreadable(asked, "is a page that names no feed; give the address of a feed or of a sitemap");
  if (await findSourceByUrl(ctx.db, url)) return { url, reading: null };
  return { url, reading: await readSource(ctx, { url, etag: null, last_modified: null }) };
}

function add(ctx: Context, url: string, reading: Reading | null, backfill: boolean) {
  return transaction(ctx, async (tx): Promise<{ source: Source; created: boolean }> => {
    const now = tx.clock();
    const row = { uid: tx.newId(), url, status: "active", next_poll_at: now, created_at: now } as const;
    const kind = reading?.listing?.kind ?? "feed";
    const held = reading ? await insertSource(tx.db, { ...row, kind, lease_until: now + LEASE_MS }) : undefined;
    if (!held || !reading) {
      const source = await findSourceByUrl(tx.db, url);
      if (!source) throw new Error("a source was removed while it was added");
      return { source, created: false };
    }
    await recordReading(tx, held, reading, backfill ? 1 : 0);
    await releaseSource(tx.db, held);
    await nudge(tx, pollSourceJob(held.id));
    return { source: held, created: true };
  });
}
