import type { Context } from "../context.ts";
import type { Db } from "../db/database.ts";
import { DELIVERY_STATUSES, type LedgerRow, pageOfDeliveries } from "../delivery/index.ts";
import { exclusionPageAt, readerUids } from "./exclusion-queries.ts";
import { unpackIds } from "./pack-ids.ts";
import { getDigestRow } from "./send-digest.ts";

/** What a line of a digest's ledger says of one candidate: where their delivery stands, or `excluded`. */
export const LEDGER_STATUSES = [...DELIVERY_STATUSES, "excluded"] as const;
export type LedgerStatus = (typeof LEDGER_STATUSES)[number];

export interface LedgerLine {
  /** Of the delivery; null for a reader who was left out. */
  id: number | null;
  subscriber: string;
  status: LedgerStatus;
  reason: string | null;
  providerId: string | null;
  submittedAt: string | null;
  eventAt: string | null;
}

/** Where a page goes on: after a reader of the deliveries, or of those left out. */
export interface LedgerPlace {
  part: "deliveries" | "excluded";
  after: number;
}

export interface LedgerOptions {
  /** From the beginning when left out. */
  place?: LedgerPlace | null;
  limit?: number;
  /** Only these; null for all. */
  status?: LedgerStatus | null;
  /** Whether those who were left out follow the deliveries: then each candidate is there exactly once. */
  excluded?: boolean;
}

/** A page of a digest's ledger in the order of its readers. No address is in it. Throws `NotFoundError`. */
export async function ledgerPage(
  ctx: Context,
  uid: string,
  { place = null, limit = 100, status = null, excluded = false }: LedgerOptions,
): Promise<{ lines: LedgerLine[]; next: LedgerPlace | null }> {
  const digest = await getDigestRow(ctx, uid);
  if (status === "excluded" || place?.part === "excluded") {
    return leftOutPage(ctx.db, digest.id, place?.part === "excluded" ? place.after : 0, limit);
  }
  const rows = await pageOfDeliveries(ctx.db, digest.id, place?.after ?? 0, limit, status);
  const last = rows.at(-1)?.subscriber_id;
  const lines = rows.map(lineOf);
  if (last !== undefined && rows.length === limit) return { lines, next: { part: "deliveries", after: last } };
  return { lines, next: excluded && status === null ? { part: "excluded", after: 0 } : null };
}

function lineOf({ id, subscriber, status, reason, provider_id, submitted_at, event_at }: LedgerRow): LedgerLine {
  const time = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return {
    id,
    subscriber,
    status,
    reason,
    providerId: provider_id,
    submittedAt: time(submitted_at),
    eventAt: time(event_at),
  };
}

/** Pages of planning are unpacked one at a time, so that a million who were left out take no more memory than a page. */
async function leftOutPage(db: Db, digestId: number, after: number, limit: number) {
  const out: { id: number; reason: string }[] = [];
  for (let from = after; out.length < limit; ) {
    const rows = await exclusionPageAt(db, digestId, from + 1);
    const [first] = rows;
    if (!first) break;
    const page = rows.flatMap(({ reason, readers }) => unpackIds(readers).map((id) => ({ id, reason })));
    out.push(...page.filter(({ id }) => id > after).sort((a, b) => a.id - b.id));
    from = first.upto;
  }
  const shown = out.slice(0, limit);
  const uids = await readerUids(
    db,
    shown.map((one) => one.id),
  );
  const last = shown.at(-1)?.id;
  const next = last !== undefined && shown.length === limit ? { part: "excluded" as const, after: last } : null;
  return { lines: shown.map(({ id, reason }) => leftOut(uids.get(id) ?? "", reason)), next };
}

function leftOut(subscriber: string, reason: string): LedgerLine {
  return { id: null, subscriber, status: "excluded", reason, providerId: null, submittedAt: null, eventAt: null };
}
