import type { Context } from "../context.ts";
import type { Flag } from "../db/columns.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { whyOutside } from "./hosts.ts";
import { retryFailing, upsertPages } from "./page-queries.ts";
import { type Source, settleList } from "./queries.ts";
import type { Reading } from "./read-source.ts";
import { hasFailedForLong } from "./status.ts";
import { HOUR_MS } from "./waits.ts";

/** However long a feed asks to be left alone. */
const LONGEST_INTERVAL_MS = 6 * HOUR_MS;

/** Writes what a held source was found to name: pages that are new or of which it says something else become due. */
export function recordReading(ctx: Context, held: Source, reading: Reading, backlog: Flag): Promise<void> {
  return transaction(ctx, async (tx) => {
    const now = tx.clock();
    const source = await settleList(tx.db, held, {
      ...heard(tx, held, reading),
      ...NO_FAILURE,
      read_at: now,
      ok_at: now,
    });
    if (!source) return;
    if (reading.listing) await recordPages(tx, source, reading.listing.pages, backlog);
    if (held.failing_since !== null) await retryFailing(tx.db, source.id, now);
    if (hasFailedForLong(held, now)) tx.log.info({ source: held.uid }, "a source that was failing is well again");
  });
}

const NO_FAILURE = {
  failing_since: null,
  failures: 0,
  page_failures: 0,
  last_error: null,
  gone_at: null,
  rest_until: null,
} as const;

function heard(ctx: TxContext, held: Source, reading: Reading) {
  const { listing, etag, lastModified, maxAgeSeconds } = reading;
  const asked = listing ? Math.max(listing.intervalMs ?? 0, maxAgeSeconds * 1000) : (held.interval_ms ?? 0);
  const wait = Math.max(ctx.config.sources.pollMs, Math.min(asked, LONGEST_INTERVAL_MS));
  const next = { next_poll_at: ctx.clock() + wait };
  if (!listing) return { ...next, etag: etag ?? held.etag, last_modified: lastModified ?? held.last_modified };
  return {
    ...next,
    kind: listing.kind,
    title: listing.title,
    etag,
    last_modified: lastModified,
    interval_ms: asked || null,
    note: noteOf(reading),
  };
}

function noteOf({ listing, cut }: Reading): string | null {
  const unusable = listing?.unusable ?? 0;
  const notes = [
    ...(unusable > 0 ? [`${unusable} entries give no web address`] : []),
    ...(cut ? ["it names more pages than are followed of one source"] : []),
  ];
  return notes.join("; ") || null;
}

async function recordPages(tx: TxContext, source: Source, pages: Map<string, string>, backlog: Flag): Promise<void> {
  const now = tx.clock();
  const rows = [...pages].map(([url, marker]) => {
    const reason = whyOutside(tx.config.site, source.url, url);
    const followed = { state: "waiting", reason: null, marker, next_at: now } as const;
    const outside = { state: "outside", reason, marker: "outside", next_at: null } as const;
    return { source_id: source.id, url, backlog, created_at: now, ...(reason === null ? followed : outside) };
  });
  await upsertPages(tx.db, rows);
}
