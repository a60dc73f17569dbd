import { topicsMatch } from "../topics/index.ts";
import type { Reader } from "./queries.ts";
import type { ExclusionReason } from "./words.ts";

/** An event as far as deciding needs it. */
export interface TellableEvent {
  seq: number;
  topics: string;
}

/** What a digest does for one reader: tells these events, or nothing for a reason. */
export type Decision = { reader: Reader; seqs: number[] } | { reader: Reader; excluded: ExclusionReason };

export interface DecideInput {
  readers: Reader[];
  /** The digest's events, in sequence order. */
  events: TellableEvent[];
  /** `sequence`: only what stands above a reader's watermark. `picked`: whatever a reader was not told. */
  mode: "sequence" | "picked";
  /** Events each reader was told by other digests. */
  told: Map<number, Set<number>>;
  /** In sequence: the digest holds everything above this. */
  from: number;
  /** Readers whom the weekly cap holds. */
  capped: ReadonlyMap<number, number>;
  now: number;
}

/** Decides a page of readers: everything each is owed, and the reason where that is nothing. Pure. */
export function decide({ readers, events, mode, told, from, capped, now }: DecideInput): Decision[] {
  const wantedBy = memoised(events, mode);
  return readers.map((reader) => {
    if (reader.suppressed) return { reader, excluded: "suppressed" };
    if (reader.paused_until !== null && reader.paused_until > now) return { reader, excluded: "paused" };
    if (capped.has(reader.id)) return { reader, excluded: "weekly-cap" };
    if (mode === "sequence" && reader.watermark < from) return { reader, excluded: "next-edition" };
    const had = told.get(reader.id);
    const wanted = wantedBy(reader);
    const seqs = had ? wanted.filter((seq) => !had.has(seq)) : wanted;
    return seqs.length === 0 ? { reader, excluded: "nothing-new" } : { reader, seqs };
  });
}

/** Readers fall into few groups of topics and place; each group is worked out once. */
function memoised(events: TellableEvent[], mode: DecideInput["mode"]): (reader: Reader) => number[] {
  const groups = new Map<string, number[]>();
  return ({ topics, watermark }) => {
    const above = mode === "sequence" ? watermark : 0;
    const group = `${above} ${topics}`;
    const known = groups.get(group);
    if (known) return known;
    const seqs = events
      .filter((event) => event.seq > above && topicsMatch(topics, event.topics))
      .map((event) => event.seq);
    groups.set(group, seqs);
    return seqs;
  };
}

/** The name of the variant that tells these events to readers of this locale and manner. */
export function variantKey(seqs: number[], { locale, discreet }: Pick<Reader, "locale" | "discreet">): string {
  return `${locale} ${discreet} ${seqs.join(",")}`;
}
