import { openDigestPress, type RenderedMail } from "../../emails/index.ts";
import { type DigestSourceEvent, loadEventsForDigest } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { disarm, frame, readerUrl } from "../delivery/index.ts";
import { localDay } from "../local-time.ts";
import type { Locale } from "../subscribers/words.ts";
import { listTopics } from "../topics/index.ts";
import { type ComposeOptions, type Composition, composer } from "./compose.ts";
import type { Digest } from "./queries.ts";

/** One way an edition is told. */
export interface VariantOf {
  seqs: number[];
  locale: string;
  discreet: 0 | 1;
}

/** A rendering, and the ids of the article versions that it carries to its reader. */
export type RenderedEdition = RenderedMail & { carried: number[] };

/** What the variants of one digest share: events are loaded, articles composed and pieces rendered once for all of them. */
export interface EditionPress {
  readonly digest: Digest;
  /** The events of these numbers, in their order; numbers that no event has are passed over. */
  events(ctx: Context, seqs: number[]): Promise<DigestSourceEvent[]>;
  print(ctx: Context, variant: VariantOf): Promise<RenderedEdition>;
}

/**
 * A press for the variants of a digest. It tells events and topics as they were when it first met them, so that one
 * digest says the same to everyone; keep it no longer than one digest is planned.
 */
export function openEditionPress(digest: Digest): EditionPress {
  const press = openDigestPress();
  const composers = new Map<string, (events: DigestSourceEvent[]) => Composition>();
  const known = new Map<number, DigestSourceEvent>();
  let topicNames: Map<string, string> | null = null;
  let words: ReturnType<typeof wordsOf> | null = null;

  async function events(ctx: Context, seqs: number[]): Promise<DigestSourceEvent[]> {
    const missing = seqs.filter((seq) => !known.has(seq));
    const loaded = missing.length > 0 ? await loadEventsForDigest(ctx.db, missing) : [];
    for (const event of loaded) known.set(event.seq, event);
    return [...new Set(seqs)].sort((a, b) => a - b).flatMap((seq) => known.get(seq) ?? []);
  }

  async function compose(ctx: Context, { seqs, locale }: VariantOf): Promise<Composition> {
    topicNames ??= new Map((await listTopics(ctx.db)).map((topic) => [topic.slug, topic.name]));
    const inLocale = composers.get(locale) ?? composer(optionsOf(ctx, digest, locale as Locale, topicNames));
    composers.set(locale, inLocale);
    return inLocale(await events(ctx, seqs));
  }

  return {
    digest,
    events,
    async print(ctx, variant) {
      const { items, rest, carried } = await compose(ctx, variant);
      words ??= wordsOf(ctx, digest);
      const mail = await press.print({ ...common(ctx, variant), ...words, items, rest: restOf(ctx, rest, variant) });
      return { ...mail, carried };
    },
  };
}

function optionsOf(ctx: Context, digest: Digest, locale: Locale, topicNames: Map<string, string>): ComposeOptions {
  const { reviewMonths } = ctx.config.site;
  return { topicNames, changesUrl: changesUrl(ctx), today: dayOf(ctx, digest), reviewMonths, locale };
}

/** What the digest says itself, the same to every reader. */
function wordsOf(ctx: Context, digest: Digest) {
  return {
    subject: digest.subject === null ? null : disarm(digest.subject),
    intro: digest.intro === null ? null : disarm(digest.intro),
    edition: dayOf(ctx, digest),
    cadence: digest.cadence,
    webUrl: `${ctx.config.publicUrl}/archive/${digest.uid}`,
  };
}

function restOf({ config }: Context, count: number, { seqs }: VariantOf) {
  return count === 0 ? null : { count, url: `${config.publicUrl}/changes?after=${Math.min(...seqs) - 1}` };
}

/** The day of an edition. */
function dayOf(ctx: Context, digest: Digest): string {
  return editionDay(ctx, digest.started_at ?? digest.send_at ?? ctx.clock());
}

/** A moment's day, in the editors' zone. */
export function editionDay(ctx: Context, at: number): string {
  return localDay(ctx.config.site.timezone, at);
}

/** What every mail to a reader knows of its place and its reader. */
export function common(ctx: Context, { locale, discreet }: VariantOf) {
  return {
    ...frame(ctx.config, locale as Locale, discreet === 1),
    preferencesUrl: readerUrl(ctx.config, "preferences"),
    unsubscribeUrl: readerUrl(ctx.config, "unsubscribe"),
  };
}

export function changesUrl({ config }: Context): (slug: string) => string {
  return (slug) => `${config.publicUrl}/changes/${slug}`;
}
