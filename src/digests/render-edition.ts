import { type RenderedMail, renderMail } from "../../emails/index.ts";
import { correctionsOfVersions, type DigestSourceEvent, holdArticles, loadEventsForDigest } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { disarm, disarmed, envelope, frame, freezeVariant, noteCarried, readerUrl } from "../delivery/index.ts";
import { NotFoundError } from "../errors.ts";
import { localDay } from "../local-time.ts";
import type { Locale } from "../subscribers/words.ts";
import { listTopics } from "../topics/index.ts";
import { composeEdition } from "./compose.ts";
import { variantKey } from "./decide.ts";
import { addDigestEvent, type Digest, kindOf } from "./queries.ts";

/** One way an edition is told. */
export interface VariantOf {
  seqs: number[];
  locale: string;
  discreet: 0 | 1;
}

/** The whole edition, as a reader of every topic in the site's first language gets it. */
export function wholeOf(seqs: number[]): VariantOf {
  return { seqs, locale: "en", discreet: 0 };
}

/** A rendering, and the ids of the article versions that it carries to its reader. */
export type RenderedEdition = RenderedMail & { carried: number[] };

/** Renders one variant of a digest: subject, HTML and plain text, with placeholders for the personal links. */
export async function renderEdition(ctx: Context, digest: Digest, variant: VariantOf): Promise<RenderedEdition> {
  const events = await loadEventsForDigest(ctx.db, variant.seqs);
  return digest.mode === "correction" ? renderNotice(ctx, events, variant) : renderDigest(ctx, digest, events, variant);
}

async function renderDigest(
  ctx: Context,
  digest: Digest,
  events: DigestSourceEvent[],
  variant: VariantOf,
): Promise<RenderedEdition> {
  const { publicUrl, site } = ctx.config;
  const topicNames = new Map((await listTopics(ctx.db)).map((topic) => [topic.slug, topic.name]));
  const edition = editionDay(ctx, digest.started_at ?? digest.send_at ?? ctx.clock());
  const locale = variant.locale as Locale;
  const options = { topicNames, changesUrl: changesUrl(ctx), today: edition, reviewMonths: site.reviewMonths, locale };
  const { items, rest, carried } = composeEdition(events, options);
  const mail = await renderMail("digest", {
    ...common(ctx, variant),
    subject: digest.subject === null ? null : disarm(digest.subject),
    intro: digest.intro === null ? null : disarm(digest.intro),
    edition,
    items,
    rest: rest === 0 ? null : { count: rest, url: `${publicUrl}/changes?after=${Math.min(...variant.seqs) - 1}` },
    cadence: digest.cadence,
    webUrl: `${publicUrl}/archive/${digest.uid}`,
  });
  return { ...mail, carried };
}

/** The notice of a correction: what readers were told, what is right, and why. */
async function renderNotice(ctx: Context, events: DigestSourceEvent[], variant: VariantOf): Promise<RenderedEdition> {
  const event = events.find((one) => one.correction !== null);
  if (!event?.correction) throw new NotFoundError("There is no correction in this digest.");
  const { severity, wrong, right, why, note, wrongSince, correctedAt, wrongVersionIds, seq } = event.correction;
  const { title, reviewedOn, reviewers } = event.version;
  const correctedOn = editionDay(ctx, correctedAt);
  const article = { title, url: event.url, changesUrl: `${changesUrl(ctx)(event.slug)}#correction-${seq}` };
  const said = { severity, wrong, right, why, note, wrongSince, correctedOn, reviewedOn, reviewers };
  const mail = await renderMail("correction", { ...common(ctx, variant), ...disarmed({ ...article, ...said }) });
  return { ...mail, carried: wrongVersionIds.includes(event.versionId) ? [] : [event.versionId] };
}

function common(ctx: Context, { locale, discreet }: VariantOf) {
  return {
    ...frame(ctx.config, locale as Locale, discreet === 1),
    preferencesUrl: readerUrl(ctx.config, "preferences"),
    unsubscribeUrl: readerUrl(ctx.config, "unsubscribe"),
  };
}

function changesUrl({ config }: Context): (slug: string) => string {
  return (slug) => `${config.publicUrl}/changes/${slug}`;
}

/** A moment's day, in the editors' zone. */
function editionDay(ctx: Context, at: number): string {
  return localDay(ctx.config.site.timezone, at);
}

/**
 * Renders a variant once and freezes it, with the versions it carries; gives its id. The same bytes serve preview, send,
 * retry and archive. What became known as wrong since its events were chosen is told with its correction.
 */
export async function freezeEdition(ctx: Context, digest: Digest, variant: VariantOf): Promise<number> {
  const rendered = await renderEdition(ctx, digest, variant);
  const frozen = await transaction(ctx, async (tx) => {
    await holdArticles(tx);
    const lacking = await lackingCorrections(tx, digest, variant, rendered);
    for (const seq of lacking) await addDigestEvent(tx.db, digest.id, seq);
    return lacking.length > 0 ? { lacking } : { id: await freeze(tx, digest, variant, rendered) };
  });
  if ("id" in frozen) return frozen.id;
  return freezeEdition(ctx, digest, { ...variant, seqs: [...variant.seqs, ...frozen.lacking].sort((a, b) => a - b) });
}

/** Corrections of what a rendering carries that it does not say. A notice says its own only. */
async function lackingCorrections(
  tx: TxContext,
  digest: Digest,
  { seqs }: VariantOf,
  { carried }: RenderedEdition,
): Promise<number[]> {
  if (digest.mode === "correction") return [];
  return (await correctionsOfVersions(tx.db, carried)).filter((seq) => !seqs.includes(seq));
}

async function freeze(tx: TxContext, digest: Digest, variant: VariantOf, rendered: RenderedEdition): Promise<number> {
  const { subject, html, text, carried } = rendered;
  const automatic = digest.automatic === 1;
  const kind = kindOf(digest);
  const { from, headers } = envelope(tx.config, { kind, discreet: variant.discreet === 1, automatic });
  const id = await freezeVariant(tx.db, {
    digest_id: digest.id,
    kind,
    key: variantKey(variant.seqs, variant),
    locale: variant.locale,
    discreet: variant.discreet,
    events: JSON.stringify(variant.seqs),
    from_mailbox: from,
    subject,
    html,
    text,
    headers: JSON.stringify(headers),
    created_at: tx.clock(),
  });
  await noteCarried(tx.db, id, carried);
  return id;
}
