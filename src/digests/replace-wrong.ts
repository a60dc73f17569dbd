import type { Context } from "../context.ts";
import { type MistakenVariant, mistakenVariants, noteReplaced } from "../delivery/index.ts";
import type { Mistake } from "./correction-audience.ts";
import { openEditionPress } from "./edition-press.ts";
import { addDigestEvent, correctionsCarriedBy, type Digest, findDigestById } from "./queries.ts";
import { freezeEdition } from "./render-edition.ts";

/**
 * Lets editions that are still going out say the correction with what it corrects: each rendering that carries the
 * mistake gives way to one that does not. Calling it again does nothing again. Batches frozen before keep their bytes.
 */
export async function replaceWrong(ctx: Context, { seq, variants }: Mistake): Promise<void> {
  for (const digestId of new Set(variants.map((variant) => variant.digestId))) {
    const digest = await findDigestById(ctx.db, digestId);
    if (!digest || digest.mode === "correction" || !["sending", "paused"].includes(digest.status)) continue;
    const own = variants.filter((variant) => variant.digestId === digestId);
    await replaceIn(ctx, digest, seq, own);
  }
}

/** The same for every correction there is of one digest, before what failed of it is sent again. */
export async function replaceWrongOf(ctx: Context, digest: Digest): Promise<void> {
  if (digest.mode === "correction") return;
  for (const [seq, versionIds] of await correctionsCarriedBy(ctx.db, digest.id)) {
    await replaceIn(ctx, digest, seq, await mistakenVariants(ctx.db, { seq, versionIds }, digest.id));
  }
}

async function replaceIn(ctx: Context, digest: Digest, seq: number, variants: MistakenVariant[]): Promise<void> {
  await addDigestEvent(ctx.db, digest.id, seq);
  const press = openEditionPress(digest);
  for (const { id, seqs, locale, discreet } of variants.filter((variant) => variant.replaced_by === null)) {
    await noteReplaced(ctx.db, id, await freezeEdition(ctx, press, { seqs: [...seqs, seq], locale, discreet }));
  }
}
