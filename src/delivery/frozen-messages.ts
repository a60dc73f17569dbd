import type { Context } from "../context.ts";
import type { OutgoingMessage } from "../mail/mailer.ts";
import type { Attempt } from "./deliver-batch.ts";
import { cutVariants, merge } from "./variants.ts";

export interface FrozenMessage {
  deliveryId: number;
  message: OutgoingMessage;
}

/**
 * The messages of a frozen batch, byte for byte the same at every call: frozen renderings, frozen addresses, and
 * tokens made under the frozen key and time.
 */
export async function frozenMessages(ctx: Context, { batch, members, about }: Attempt): Promise<FrozenMessage[]> {
  const { frozen_at: issuedAt, token_key_id: keyId } = batch;
  if (issuedAt === null || keyId === null) throw new Error(`batch ${batch.uid} is not frozen`);
  const variants = await cutVariants(
    ctx,
    members.map((member) => member.variantId),
  );
  return members.map(({ deliveryId, variantId, uid, address }) => {
    const variant = variants.get(variantId);
    if (!variant) throw new Error(`batch ${batch.uid}: a frozen member lost its variant`);
    const message = merge(variant, {
      address: ctx.vault.open(Buffer.from(address, "base64")),
      tags: { ...about, delivery: deliveryTag(deliveryId) },
      messageId: `<${batch.uid}.${deliveryId}@${domainOf(variant.from)}>`,
      token: (purpose) => ctx.vault.makeToken({ purpose, uid, issuedAt }, keyId),
    });
    return { deliveryId, message };
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

/** The domain of an RFC 5322 mailbox. */
export function domainOf(mailbox: string): string {
  return mailbox.slice(mailbox.lastIndexOf("@") + 1).replace(/>.*$/, "");
}
