import type { Context } from "../context.ts";
import type { OutgoingMessage } from "../mail/mailer.ts";
import type { Batch } from "./batch-queries.ts";
import { frozenMembers } from "./delivery-queries.ts";
import { digestUidOf } from "./digest-queries.ts";
import { cutVariants, merge } from "./variants.ts";

export interface FrozenMessage {
  deliveryId: number;
  message: OutgoingMessage;
}

/**
 * The messages of a frozen batch, byte for byte the same at every call: frozen renderings, frozen addresses, and
 * tokens made under the frozen key and time.
 */
export async function frozenMessages(ctx: Context, batch: Batch): Promise<FrozenMessage[]> {
  const { frozen_at: issuedAt, token_key_id: keyId } = batch;
  if (issuedAt === null || keyId === null) throw new Error(`batch ${batch.uid} is not frozen`);
  const members = await frozenMembers(ctx.db, batch.id);
  const variants = await cutVariants(
    ctx,
    members.map((member) => member.variant_id),
  );
  const about = await aboutTag(ctx, batch);
  return members.map(({ id, uid, address, variant_id }) => {
    const variant = variants.get(variant_id);
    if (!variant || !address) throw new Error(`batch ${batch.uid}: a frozen member lost its variant or its address`);
    const message = merge(variant, {
      address: ctx.vault.open(address),
      tags: { ...about, delivery: deliveryTag(id) },
      messageId: `<${batch.uid}.${id}@${domainOf(variant.from)}>`,
      token: (purpose) => ctx.vault.makeToken({ purpose, uid, issuedAt }, keyId),
    });
    return { deliveryId: id, message };
  });
}

/** The tag by which provider events find their delivery again. */
function deliveryTag(id: number): string {
  return `d${id}`;
}

/** Reverses `deliveryTag`; null for anything else. */
export function readDeliveryTag(tag: string | undefined): number | null {
  return tag !== undefined && /^d\d{1,15}$/.test(tag) ? Number(tag.slice(1)) : null;
}

/** The same for mails to editors. */
export function editorMailTag(id: number): string {
  return `e${id}`;
}

/** Reverses `editorMailTag`; null for anything else. */
export function readEditorMailTag(tag: string | undefined): number | null {
  return tag !== undefined && /^e\d{1,15}$/.test(tag) ? Number(tag.slice(1)) : null;
}

/** A random id beside the delivery's number: after a restore the number may be another delivery's. */
async function aboutTag(ctx: Context, batch: Batch): Promise<Record<string, string>> {
  if (batch.digest_id === null) return { mail: batch.uid };
  return { digest: await digestUidOf(ctx.db, batch.digest_id) };
}

/** The domain of an RFC 5322 mailbox. */
export function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf("@") + 1).replace(/>.*$/, "");
}
