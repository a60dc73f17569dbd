import { type DigestProps, renderMail } from "../../emails/index.ts";
import { loadEventsForDigest } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { disarm, envelope, frame, freezeVariant, readerUrl } from "../delivery/index.ts";
import type { Locale } from "../subscribers/words.ts";
import { listTopics } from "../topics/index.ts";
import { composeItems } from "./compose.ts";
import { variantKey } from "./decide.ts";
import type { Digest } from "./queries.ts";

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

/** Renders one variant of a digest: subject, HTML and plain text, with placeholders for the personal links. */
export async function renderEdition(ctx: Context, digest: Digest, variant: VariantOf) {
  return renderMail("digest", await editionProps(ctx, digest, variant));
}

async function editionProps(ctx: Context, digest: Digest, { seqs, locale, discreet }: VariantOf): Promise<DigestProps> {
  const events = await loadEventsForDigest(ctx.db, seqs);
  const topicNames = new Map((await listTopics(ctx.db)).map((topic) => [topic.slug, topic.name]));
  const { publicUrl } = ctx.config;
  return {
    ...frame(ctx.config, locale as Locale, discreet === 1),
    subject: digest.subject === null ? null : disarm(digest.subject),
    intro: digest.intro === null ? null : disarm(digest.intro),
    edition: editionDay(ctx, digest),
    items: composeItems(events, {
      topicNames,
      changesUrl: (slug) => `${publicUrl}/changes/${slug}`,
      locale: locale as Locale,
    }),
    cadence: digest.cadence,
    preferencesUrl: readerUrl(ctx.config, "preferences"),
    unsubscribeUrl: readerUrl(ctx.config, "unsubscribe"),
    webUrl: `${publicUrl}/archive/${digest.uid}`,
  };
}

/** The day on the edition's head, in the editors' zone. */
function editionDay(ctx: Context, digest: Digest): string {
  const at = digest.started_at ?? digest.send_at ?? ctx.clock();
  return new Intl.DateTimeFormat("en-CA", { timeZone: ctx.config.site.timezone, dateStyle: "short" }).format(at);
}

/** Renders a variant once and freezes it; gives its id. The same bytes serve preview, send, retry and archive. */
export async function freezeEdition(ctx: Context, digest: Digest, variant: VariantOf): Promise<number> {
  const { subject, html, text } = await renderEdition(ctx, digest, variant);
  const automatic = digest.automatic === 1;
  const { from, headers } = envelope(ctx.config, { kind: "digest", discreet: variant.discreet === 1, automatic });
  return freezeVariant(ctx.db, {
    digest_id: digest.id,
    kind: "digest",
    key: variantKey(variant.seqs, variant),
    locale: variant.locale,
    discreet: variant.discreet,
    events: JSON.stringify(variant.seqs),
    from_mailbox: from,
    subject,
    html,
    text,
    headers: JSON.stringify(headers),
    created_at: ctx.clock(),
  });
}
