import type { Context } from "../context.ts";
import { noteReplaced, wrongVariants } from "../delivery/index.ts";
import type { Mistake } from "./correction-audience.ts";
import { addDigestEvent, correctionsCarriedBy, type Digest, findDigestById } from "./queries.ts";
import { freezeEdition } from "./render-edition.ts";

/**
 * Lets digests that are still going out say the correction with what it corrects: each rendering that carries the mistake
 * gives way to one that does not. Calling it again does nothing again. Batches frozen before keep their bytes.
 */
export async function replaceWrong(ctx: Context, mistake: Mistake): Promise<void> {
  for (const digestId of mistake.digestIds) {
    const digest = await findDigestById(ctx.db, digestId);
    if (digest && ["sending", "paused"].includes(digest.status)) await replaceIn(ctx, digest, mistake);
  }
}

/** The same for every correction there is of one digest, before what failed of it is sent again. */
export async function replaceWrongOf(ctx: Context, digest: Digest): Promise<void> {
  for (const [seq, versionIds] of await correctionsCarriedBy(ctx.db, digest.id)) {
    await replaceIn(ctx, digest, { seq, versionIds });
  }
}

async function replaceIn(ctx: Context, digest: Digest, { seq, versionIds }: Omit<Mistake, "digestIds">) {
  await addDigestEvent(ctx.db, digest.id, seq);
  for (const { id, events, locale, discreet } of await wrongVariants(ctx.db, digest.id, versionIds)) {
    const seqs = [...(JSON.parse(events) as number[]), seq];
    await noteReplaced(ctx.db, id, await freezeEdition(ctx, digest, { seqs, locale, discreet }));
  }
}
