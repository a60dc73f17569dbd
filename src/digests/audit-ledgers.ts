import type { Database, Db } from "../db/database.ts";
import { atOneMoment, begunDigests, countDeliveries, countOpenBatches } from "./audit-queries.ts";
import { exclusionPageAt } from "./exclusion-queries.ts";
import { unpackIds } from "./pack-ids.ts";
import { type Digest, findDigestById, tallies } from "./queries.ts";

/** What does not add up in the ledger of one digest. */
export interface LedgerFault {
  digest: string;
  text: string;
}

/**
 * Counts the rows of every digest that was begun and compares them with what is kept of it: candidates are deliveries
 * and those left out, each counter equals its rows, and nothing of a sent digest is open. Heavy: it reads every delivery.
 */
export async function auditLedgers({ db, engine }: Pick<Database, "db" | "engine">) {
  const faults: LedgerFault[] = [];
  const ids = await begunDigests(db);
  for (const id of ids) {
    // While it is looked at a digest may move: what seems wrong is looked at again while nothing does.
    if ((await auditLedger(db, id)).length > 0) {
      faults.push(...(await atOneMoment(db, engine, (tx) => auditLedger(tx, id))));
    }
  }
  return { digests: ids.length, faults };
}

async function auditLedger(db: Db, id: number): Promise<LedgerFault[]> {
  const digest = await findDigestById(db, id);
  return digest ? (await compare(db, digest)).map((text) => ({ digest: digest.uid, text })) : [];
}

async function compare(db: Db, { id, candidates, status }: Digest): Promise<string[]> {
  const kept = await tallies(db, id);
  const [statuses, excluded] = [toMap(kept.statuses, "status"), toMap(kept.excluded, "reason")];
  const counted = await countDeliveries(db, id);
  const named = await countNamed(db, id);
  const open = status === "sent" ? (counted.get("queued") ?? 0) + (await countOpenBatches(db, id)) : 0;
  return [
    ...differences(statuses, counted, ""),
    ...(named.size === 0 ? [] : differences(excluded, named, "left out, ")),
    ...differences(new Map([["candidates", candidates]]), new Map([["candidates", sum(counted) + sum(excluded)]]), ""),
    ...(open > 0 ? [`sent, with ${open} deliveries or batches open`] : []),
  ];
}

function toMap<K extends string>(rows: ({ [name in K]: string } & { count: number })[], key: K): Map<string, number> {
  return new Map(rows.map((row) => [row[key], row.count]));
}

function differences(kept: Map<string, number>, counted: Map<string, number>, before: string): string[] {
  return [...new Set([...kept.keys(), ...counted.keys()])]
    .sort()
    .map((name) => ({ name, a: kept.get(name) ?? 0, b: counted.get(name) ?? 0 }))
    .filter(({ a, b }) => a !== b)
    .map(({ name, a, b }) => `${before}${name}: ${a} kept, ${b} counted`);
}

/** Those left out by reason, as their names say it; nobody for what a version planned that kept no names. */
async function countNamed(db: Db, digestId: number): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (let after = 0; ; ) {
    const rows = await exclusionPageAt(db, digestId, after + 1);
    const [first] = rows;
    if (!first) return counts;
    for (const { reason, readers } of rows) counts.set(reason, (counts.get(reason) ?? 0) + unpackIds(readers).length);
    after = first.upto;
  }
}

function sum(counts: Map<string, number>): number {
  return [...counts.values()].reduce((total, count) => total + count, 0);
}
