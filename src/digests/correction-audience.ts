import type { Db } from "../db/database.ts";
import type { TxContext } from "../db/transaction.ts";
import { type MistakenVariant, mistakenVariants, toldWrong, type Wrong } from "../delivery/index.ts";
import type { TellableEvent } from "./decide.ts";
import { type Digest, earlierNoticesOpen, highestSubscriberId, lockReaders, plannedCorrections } from "./queries.ts";

/** Ids of readers looked through at a time. */
const WIDTH = 2_000;
/** The number of a correction that is not made yet: it comes after all there are. */
const NEXT_NUMBER = Number.MAX_SAFE_INTEGER;

/** What a correction is about, and where readers may have met it. */
export interface Mistake extends Wrong {
  /** The renderings that told it. */
  variants: MistakenVariant[];
}

/** The mistake that a digest's notice corrects. */
export async function mistakeOf(db: Db, digest: Digest, events: TellableEvent[]): Promise<Mistake | null> {
  const event = digest.mode === "correction" ? events.find((one) => one.corrects !== null) : undefined;
  return event ? findMistake(db, event) : null;
}

/** A stretch of reader ids, looked through. */
interface Stretch {
  readers: Awaited<ReturnType<typeof toldWrong>>;
  upto: number;
  last: boolean;
}

async function findMistake(db: Db, { seq, corrects }: TellableEvent): Promise<Mistake> {
  const wrong = { seq, versionIds: corrects ?? [] };
  return { ...wrong, variants: await mistakenVariants(db, wrong) };
}

/** Whether a notice of an earlier correction has yet to find the readers whom it tells this mistake. */
export async function tooEarly(db: Db, digest: Digest, events: TellableEvent[]): Promise<boolean> {
  const event = digest.mode === "correction" ? events.find((one) => one.corrects !== null) : undefined;
  return event !== undefined && earlierNoticesOpen(db, event.seq, event.corrects ?? []);
}

function whereTold({ variants }: Mistake) {
  return {
    variantIds: variants.map((variant) => variant.id),
    digestIds: [...new Set(variants.map((variant) => variant.digestId))],
  };
}

/** The mistake in these versions before a correction is made of it. */
export async function mistakeIn(db: Db, versionIds: number[]): Promise<Mistake> {
  const wrong = { seq: NEXT_NUMBER, versionIds };
  return { ...wrong, variants: await mistakenVariants(db, wrong) };
}

/** The next readers, in key order and locked, who were sent the mistake; `upto` is the id that was looked up to. */
export async function nextMisinformed(tx: TxContext, mistake: Mistake, after: number): Promise<Stretch> {
  await lockReaders(tx.db, tx.engine, after, after + WIDTH);
  return lookForMisinformed(tx.db, mistake, after);
}

/** The same for who only looks: nobody is locked. */
export async function lookForMisinformed(db: Db, mistake: Mistake, after: number): Promise<Stretch> {
  const upto = after + WIDTH;
  return {
    readers: await toldWrong(db, { ...whereTold(mistake), after, upto }),
    upto,
    last: mistake.variants.length === 0 || upto >= (await highestSubscriberId(db)),
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
    const mistake = await findMistake(db, event);
    for (const { id } of await toldWrong(db, { ...whereTold(mistake), after: first - 1, upto: last })) {
      owed.set(id, (owed.get(id) ?? new Set()).add(event.seq));
    }
  }
  return owed;
}
