import type { Context } from "../context.ts";
import { type DigestReport, getDigest, getProgress } from "../digests/index.ts";

/** Told how a digest stands; null: it could not be looked at, and is looked at no more. */
export type Listener = (report: DigestReport | null) => void;

export interface Watches {
  /** Tells a listener how the digest stands after each look until it is at rest. Gives how to leave. */
  join(first: DigestReport, listener: Listener): () => void;
}

/** Looks at digests that somebody follows: once each `lookMs` however many follow one, and never when nobody does. */
export function watchDigests(ctx: Context, lookMs: number): Watches {
  const watches = new Map<string, Watch>();
  return {
    join(first, listener) {
      const watch = watches.get(first.id) ?? startWatch(ctx, first, lookMs, () => watches.delete(first.id));
      watches.set(first.id, watch);
      return watch(listener);
    },
  };
}

/** Nothing more is handed over, unless an editor asks for it. */
export function isAtRest({ status }: Pick<DigestReport, "status">): boolean {
  return status === "sent" || status === "cancelled";
}

type Watch = (listener: Listener) => () => void;

function startWatch(ctx: Context, first: DigestReport, lookMs: number, onEnd: () => void): Watch {
  const listeners = new Set<Listener>();
  let known = first;
  const end = () => {
    clearTimeout(timer);
    onEnd();
  };
  const look = async () => {
    const report = await lookAgain(ctx, known);
    if (listeners.size === 0) return;
    known = report ?? known;
    if (report === null || isAtRest(report)) end();
    else timer = setTimeout(look, lookMs);
    for (const listener of [...listeners]) listener(report);
  };
  let timer = setTimeout(look, lookMs);
  return (listener) => {
    listeners.add(listener);
    return () => {
      if (listeners.delete(listener) && listeners.size === 0) end();
    };
  };
}

/** A few kept rows; what an edition holds is read again only when it is fixed. */
async function lookAgain(ctx: Context, known: DigestReport): Promise<DigestReport | null> {
  try {
    const progress = await getProgress(ctx, known.id);
    if (progress.startedAt !== known.startedAt) return await getDigest(ctx, known.id);
    const { reason, perSecond, secondsLeft, waitingUntil, waitingReason, ...rest } = known;
    return { ...rest, ...progress };
  } catch (err) {
    ctx.log.error({ err }, "the progress of a digest could not be read");
    return null;
  }
}
