import { topicsMatch } from "../topics/index.ts";
import type { Reader } from "./queries.ts";
import type { DigestMode, ExclusionReason } from "./words.ts";

/** An event as far as deciding needs it. */
export interface TellableEvent {
  seq: number;
  topics: string;
  articleId: number;
  versionId: number;
  /** Of a correction: the versions that were wrong; null for every other event. */
  corrects: number[] | null;
}

/** As much of a reader as a rendering depends on. */
export type Addressee = Pick<Reader, "id" | "locale" | "discreet">;

/**
 * What a digest does for one reader: tells these events, or nothing for a reason. `later`: once a letter that is still on
 * its way has arrived.
 */
export type Decision = { reader: Addressee } & ({ seqs: number[]; later?: boolean } | { excluded: ExclusionReason });

export interface DecideInput {
  readers: Reader[];
  /** The digest's events, in sequence order. */
  events: TellableEvent[];
  /** `sequence`: only what stands above a reader's watermark. Otherwise whatever a reader was not told. */
  mode: DigestMode;
  /** Events each reader was told by other digests. */
  told: Map<number, Set<number>>;
  /** Of a picked digest: the corrections that each reader has coming, having been sent what was wrong. */
  owedCorrections?: Map<number, Set<number>>;
  /** In sequence: the digest holds everything above this. */
  from: number;
  /** Readers whom the weekly cap holds. */
  capped: ReadonlyMap<number, number>;
  /** Readers whose address the provider refuses again and again. */
  refused?: ReadonlySet<number>;
  now: number;
}

/** Decides a page of readers: everything each is owed, and the reason where that is nothing. Pure. */
export function decide(input: DecideInput): Decision[] {
  const { readers, events, mode, told, owedCorrections, from, capped, now } = input;
  const wantedBy = memoised(events, mode);
  return readers.map((reader): Decision => {
    if (reader.suppressed) return { reader, excluded: "suppressed" };
    if (reader.paused_until !== null && reader.paused_until > now) return { reader, excluded: "paused" };
    if (capped.has(reader.id)) return { reader, excluded: "weekly-cap" };
    if (mode === "sequence" && reader.watermark < from) return { reader, excluded: "next-edition" };
    const [had, owed] = [told.get(reader.id), owedCorrections?.get(reader.id)];
    const { wanted, seqs: usual } = wantedBy(reader);
    const seqs = had || owed ? wantedNow(events, wanted, had, owed) : usual;
    if (seqs.length === 0) return { reader, excluded: wanted.length > 0 || owed ? "already-sent" : "nothing-new" };
    return input.refused?.has(reader.id) ? { reader, excluded: "address-refused" } : { reader, seqs };
  });
}

function wantedNow(events: TellableEvent[], wanted: TellableEvent[], had?: Set<number>, owed?: Set<number>): number[] {
  const fresh = wanted.filter((event) => !had?.has(event.seq));
  const news = [...(owed ?? [])].filter((seq) => !had?.has(seq));
  return [...new Set([...withCorrections(events, fresh), ...news])].sort((a, b) => a - b);
}

/**
 * The numbers of what a reader is told. A correction is nobody's news by itself: whoever was sent the mistake gets a
 * notice of its own, and nobody else hears of it, unless the mistake itself is about to be told: then it goes with it,
 * also to whoever had the notice for an earlier version.
 */
export function withCorrections(events: TellableEvent[], wanted: TellableEvent[]): number[] {
  const along = events.filter((event) => wanted.some((other) => corrects(event, other)));
  return [...wanted, ...along].map((event) => event.seq).sort((a, b) => a - b);
}

function corrects(event: TellableEvent, other: TellableEvent): boolean {
  return event.corrects !== null && event.seq > other.seq && event.corrects.includes(other.versionId);
}

/** Readers fall into few groups of topics and place; each group is worked out once. Corrections are not among them. */
function memoised(events: TellableEvent[], mode: DecideInput["mode"]) {
  const news = events.filter((event) => event.corrects === null);
  const groups = new Map<string, { wanted: TellableEvent[]; seqs: number[] }>();
  return ({ topics, watermark }: Reader) => {
    const above = mode === "sequence" ? watermark : 0;
    const group = `${above} ${topics}`;
    const known = groups.get(group);
    if (known) return known;
    const wanted = news.filter((event) => event.seq > above && topicsMatch(topics, event.topics));
    const result = { wanted, seqs: withCorrections(events, wanted) };
    groups.set(group, result);
    return result;
  };
}

/** The name of the variant that tells these events to readers of this locale and manner. */
export function variantKey(seqs: number[], { locale, discreet }: Pick<Addressee, "locale" | "discreet">): string {
  return `${locale} ${discreet} ${seqs.join(",")}`;
}
