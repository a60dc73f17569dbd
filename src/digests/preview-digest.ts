import { type Correction, correctionsOfVersions, listCorrections } from "../articles/index.ts";
import type { Context } from "../context.ts";
import { findVariant, sendTest, withoutTokens } from "../delivery/index.ts";
import { ConflictError, NotFoundError } from "../errors.ts";
import { variantKey } from "./decide.ts";
import { openEditionPress } from "./edition-press.ts";
import { seqsOf } from "./events.ts";
import { carriedVersionIds, type Digest, digestEventSeqs, findDigest, kindOf, listReached } from "./queries.ts";
import { renderEdition, wholeOf } from "./render-edition.ts";
import { getDigestRow } from "./send-digest.ts";

export interface Rendering {
  subject: string;
  html: string;
  text: string;
}

/**
 * The digest as it will be, or was, sent: once it has started, the frozen bytes themselves. Throws `ConflictError`
 * when there is nothing in it yet.
 */
export async function previewDigest(ctx: Context, uid: string): Promise<Rendering> {
  const digest = await getDigestRow(ctx, uid);
  const edition = await wholeEdition(ctx, digest);
  const url = `${ctx.config.publicUrl}/subscribe`;
  const { subject, html, text } = edition;
  return { subject, html: withoutTokens(html, url), text: withoutTokens(text, url) };
}

async function wholeEdition(ctx: Context, digest: Digest): Promise<Rendering> {
  const variant = wholeOf(await seqsOf(ctx, digest));
  if (variant.seqs.length === 0)
    throw new ConflictError("There is nothing new to tell yet, so there is nothing to show.");
  const frozen = await findVariant(ctx.db, digest.id, kindOf(digest), variantKey(variant.seqs, variant));
  return frozen ?? renderEdition(ctx, openEditionPress(digest), variant);
}

/** The subject the digest goes, or would go, under; null while there is nothing to tell. */
export async function subjectOf(ctx: Context, digest: Digest): Promise<string | null> {
  if (digest.subject !== null) return digest.subject;
  if ((await seqsOf(ctx, digest)).length === 0) return null;
  return (await wholeEdition(ctx, digest)).subject;
}

/** Sends the digest to one address, to be looked at. Throws `UnavailableError` when the provider did not take it. */
export async function testDigest(ctx: Context, uid: string, to: string): Promise<void> {
  await sendTest(ctx, to, await previewDigest(ctx, uid));
}

export interface ArchivedEdition extends Rendering {
  corrections: Correction[];
}

const PUBLIC = ["sending", "sent"];

/** Sent editions, newest first; `next` goes on. Nothing personal is in them. */
export async function listArchive(
  ctx: Context,
  { before = null, limit = 20 }: { before?: number | null; limit?: number },
) {
  const rows = await listReached(ctx.db, before, limit);
  const editions = new Map<string, { uid: string; subject: string; sentAt: number }>();
  for (const row of rows) {
    const { subject } = await wholeEdition(ctx, row);
    // An edition that left zone by zone is one edition to whoever looks back.
    const same = `${row.cadence} ${row.automatic === 1 ? await seqsOf(ctx, row) : row.uid}`;
    editions.set(same, { uid: row.uid, subject, sentAt: row.started_at ?? row.created_at });
  }
  return { editions: [...editions.values()], next: rows.length === limit ? (rows.at(-1)?.id ?? null) : null };
}

/** One sent edition for anyone to read, and what was corrected in it since. Throws `NotFoundError` for what was not sent. */
export async function readArchived(ctx: Context, uid: string): Promise<ArchivedEdition> {
  const digest = await findDigest(ctx.db, uid);
  if (!digest || !PUBLIC.includes(digest.status)) throw new NotFoundError("There is no such edition.");
  return { ...(await previewDigest(ctx, uid)), corrections: await correctedSince(ctx, digest) };
}

/** Corrections of what an edition carried, newest first; not those that it tells itself. */
async function correctedSince(ctx: Context, digest: Digest): Promise<Correction[]> {
  const carried = await carriedVersionIds(ctx.db, digest.id);
  const told = new Set(await digestEventSeqs(ctx.db, digest.id));
  const seqs = (await correctionsOfVersions(ctx.db, carried)).filter((seq) => !told.has(seq));
  return seqs.length === 0 ? [] : listCorrections(ctx.db, { seqs });
}
