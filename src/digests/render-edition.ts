import { renderMail } from "../../emails/index.ts";
import { correctionsOfVersions, holdArticles } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import { disarmed, envelope, freezeVariants, noteCarried } from "../delivery/index.ts";
import { NotFoundError } from "../errors.ts";
import { variantKey } from "./decide.ts";
import {
  changesUrl,
  common,
  type EditionPress,
  editionDay,
  type RenderedEdition,
  type VariantOf,
} from "./edition-press.ts";
import { addDigestEvent, type Digest, kindOf } from "./queries.ts";

/** The whole edition, as a reader of every topic in the site's first language gets it. */
export function wholeOf(seqs: number[]): VariantOf {
  return { seqs, locale: "en", discreet: 0 };
}

/** Renders one variant of a digest: subject, HTML and plain text, with placeholders for the personal links. */
export function renderEdition(ctx: Context, press: EditionPress, variant: VariantOf): Promise<RenderedEdition> {
  return press.digest.mode === "correction" ? renderNotice(ctx, press, variant) : press.print(ctx, variant);
}

/** The notice of a correction: what readers were told, what is right, and why. */
async function renderNotice(ctx: Context, press: EditionPress, variant: VariantOf): Promise<RenderedEdition> {
  const events = await press.events(ctx, variant.seqs);
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

/** Renders a variant once and freezes it, see `freezeEditions`. */
export async function freezeEdition(ctx: Context, press: EditionPress, variant: VariantOf): Promise<number> {
  const [id] = await freezeEditions(ctx, press, [variant]);
  if (id === undefined) throw new Error("a variant was not frozen");
  return id;
}

/** Variants frozen in one transaction: a few megabytes. */
const TOGETHER = 50;

/**
 * Renders variants and freezes them, with the versions they carry; gives their ids in the same order. The same bytes serve
 * preview, send, retry and archive. What became known as wrong since the events were chosen is told with its correction.
 */
export async function freezeEditions(ctx: Context, press: EditionPress, variants: VariantOf[]): Promise<number[]> {
  const ids: number[] = [];
  for (let place = 0; place < variants.length; place += TOGETHER) {
    ids.push(...(await freezeTogether(ctx, press, variants.slice(place, place + TOGETHER))));
  }
  return ids;
}

type Rendered = RenderedEdition & { variant: VariantOf };

async function freezeTogether(ctx: Context, press: EditionPress, variants: VariantOf[]): Promise<number[]> {
  const { digest } = press;
  const rendered: Rendered[] = [];
  for (const variant of variants) rendered.push({ ...(await renderEdition(ctx, press, variant)), variant });
  const frozen = await transaction(ctx, async (tx) => {
    await holdArticles(tx);
    const lacking = await lackingCorrections(tx, digest, rendered);
    for (const seq of new Set(lacking.flat())) await addDigestEvent(tx.db, digest.id, seq);
    return lacking.length > 0 ? { lacking } : { ids: await freeze(tx, digest, rendered) };
  });
  if ("ids" in frozen) return frozen.ids;
  const withThem = (seqs: number[], more: number[] = []) => [...seqs, ...more].sort((a, b) => a - b);
  const complete = variants.map((variant, place) => ({
    ...variant,
    seqs: withThem(variant.seqs, frozen.lacking[place]),
  }));
  return freezeTogether(ctx, press, complete);
}

/** Corrections of what each rendering carries that it does not say; empty where none lacks any. A notice says its own only. */
async function lackingCorrections(tx: TxContext, digest: Digest, rendered: Rendered[]): Promise<number[][]> {
  if (digest.mode === "correction") return [];
  const known = await correctionsOfVersions(tx.db, [...new Set(rendered.flatMap(({ carried }) => carried))]);
  if (known.length === 0) return [];
  const lacking: number[][] = [];
  for (const { carried, variant } of rendered) {
    const all = await correctionsOfVersions(tx.db, carried);
    lacking.push(all.filter((seq) => !variant.seqs.includes(seq)));
  }
  return lacking.some((seqs) => seqs.length > 0) ? lacking : [];
}

async function freeze(tx: TxContext, digest: Digest, rendered: Rendered[]): Promise<number[]> {
  const kind = kindOf(digest);
  const rows = rendered.map((one) => rowOf(tx, digest, one));
  const ids = await freezeVariants(tx.db, { digestId: digest.id, kind }, rows);
  const found = rows.map(({ key }) => {
    const id = ids.get(key);
    if (id === undefined) throw new Error("a variant that was just frozen is not there");
    return id;
  });
  await noteCarried(
    tx.db,
    rendered.map(({ carried }, place) => [found[place] ?? 0, carried]),
  );
  return found;
}

function rowOf(ctx: TxContext, digest: Digest, { subject, html, text, variant }: Rendered) {
  const { from, headers } = envelope(ctx.config, {
    kind: kindOf(digest),
    discreet: variant.discreet === 1,
    automatic: digest.automatic === 1,
  });
  return {
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
  };
}
