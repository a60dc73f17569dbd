import type { Db } from "../db/database.ts";
import type { TxContext } from "../db/transaction.ts";
import { carryingDigests, toldWrong } from "../delivery/index.ts";
import type { TellableEvent } from "./decide.ts";
import { type Digest, highestSubscriberId, lockReaders, plannedCorrections } from "./queries.ts";

/** Ids of readers looked through at a time. */
const WIDTH = 2_000;

/** What a correction is about, and where readers may have met it. */
export interface Mistake {
  seq: number;
  versionIds: number[];
  digestIds: number[];
}

/** The mistake that a digest's notice corrects. */
export async function mistakeOf(db: Db, digest: Digest, events: TellableEvent[]): Promise<Mistake | null> {
  const event = digest.mode === "correction" ? events.find((one) => one.corrects !== null) : undefined;
  return event ? findMistake(db, event, digest.id) : null;
}

async function findMistake(db: Db, event: TellableEvent, except: number): Promise<Mistake> {
  const versionIds = event.corrects ?? [];
  return { seq: event.seq, versionIds, digestIds: await carryingDigests(db, versionIds, except) };
}

/** The next readers, in key order and locked, who were sent the mistake; `upto` is the id that was looked up to. */
export async function nextMisinformed(tx: TxContext, mistake: Mistake, after: number) {
  const upto = after + WIDTH;
  await lockReaders(tx.db, tx.engine, after, upto);
  return {
    readers: await toldWrong(tx.db, { ...mistake, after, upto }),
    upto,
    last: mistake.digestIds.length === 0 || upto >= (await highestSubscriberId(tx.db)),
  };
}

/**
 * For a digest of an editor's pick: which of its corrections these readers have coming, having been sent the mistake.
 * One whose own notices are still being planned is left to them.
 */
export async function owedCorrections(db: Db, digest: Digest, events: TellableEvent[], first: number, last: number) {
  const owed = new Map<number, Set<number>>();
  if (digest.mode !== "picked") return owed;
  const planned = await plannedCorrections(
    db,
    events.filter((event) => event.corrects !== null).map((event) => event.seq),
  );
  for (const event of events.filter(({ seq }) => planned.includes(seq))) {
    const mistake = await findMistake(db, event, digest.id);
    for (const { id } of await toldWrong(db, { ...mistake, after: first - 1, upto: last })) {
      owed.set(id, (owed.get(id) ?? new Set()).add(event.seq));
    }
  }
  return owed;
}
