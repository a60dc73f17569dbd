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
  /** Of a digest decided in several pages: its `wantedIn`. */
  wantedBy?: WantedBy;
  /** Readers whose address the provider refuses again and again. */
  refused?: ReadonlySet<number>;
  now: number;
}

/** Decides a page of readers: everything each is owed, and the reason where that is nothing. Pure. */
export function decide(input: DecideInput): Decision[] {
  const { readers, events, mode, told, owedCorrections, from, capped, now } = input;
  const wantedBy = input.wantedBy ?? wantedIn(events, mode);
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

/** What a reader is told who was told nothing of it yet: the events, and their numbers with those of corrections. */
export type WantedBy = (reader: Pick<Reader, "topics" | "watermark">) => { wanted: TellableEvent[]; seqs: number[] };

/** Choices of topics kept for one place: more than a publication's readers make, less than memory minds. */
const MOST_KEPT = 10_000;

/**
 * Readers fall into few groups: by their topics, and by how many of the events lie behind them. Each group is worked out
 * once, and its readers share the very list of numbers. Corrections are nobody's news by themselves.
 */
export function wantedIn(events: TellableEvent[], mode: DigestMode): WantedBy {
  const news = events.filter((event) => event.corrects === null).toSorted((a, b) => a.seq - b.seq);
  const groups = news.map(() => new Map<string, ReturnType<WantedBy>>());
  const nothing = { wanted: [], seqs: [] };
  return ({ topics, watermark }) => {
    const behind = mode === "sequence" ? news.findIndex((event) => event.seq > watermark) : 0;
    const group = groups[behind];
    if (!group) return nothing;
    const known = group.get(topics);
    if (known) return known;
    if (group.size >= MOST_KEPT) group.clear();
    const wanted = news.slice(behind).filter((event) => topicsMatch(topics, event.topics));
    const result = { wanted, seqs: withCorrections(events, wanted) };
    group.set(topics, result);
    return result;
  };
}

/** The name of the variant that tells these events to readers of this locale and manner. */
export function variantKey(seqs: number[], { locale, discreet }: Pick<Addressee, "locale" | "discreet">): string {
  return `${locale} ${discreet} ${seqs.join(",")}`;
}

/** `variantKey` for many readers: the numbers that a group of them shares are put into words once a locale and manner. */
export function variantKeys(): typeof variantKey {
  const kept = new WeakMap<number[], Map<string, string>>();
  return (seqs, reader) => {
    const manners = kept.get(seqs) ?? new Map<string, string>();
    kept.set(seqs, manners);
    const manner = reader.discreet === 1 ? `${reader.locale} discreet` : reader.locale;
    const key = manners.get(manner) ?? variantKey(seqs, reader);
    manners.set(manner, key);
    return key;
  };
}
