import { createHash } from "node:crypto";
import { type MailName, type MailProps, renderMail } from "../../emails/index.ts";
import type { Context } from "../context.ts";
import { nudge, type TxContext } from "../db/transaction.ts";
import type { Locale } from "../subscribers/words.ts";
import { insertBatch } from "./batch-queries.ts";
import { insertDeliveries } from "./delivery-queries.ts";
import { envelope } from "./envelope.ts";
import { deliverJob, PRIORITY } from "./jobs.ts";
import { findVariant, insertVariant } from "./variant-queries.ts";
import type { EditorMailKind, MailKind } from "./words.ts";

export type SingleMail = Exclude<MailKind, "digest" | "correction">;

/** Freezes a single mail's rendering and gives its id; equal props are rendered once per process. Call it outside a transaction. */
export async function freezeMail<K extends (SingleMail | EditorMailKind) & MailName>(
  ctx: Context,
  kind: K,
  props: MailProps[K],
): Promise<number> {
  const memory = remembered.get(ctx.vault) ?? new Map<string, Promise<number>>();
  remembered.set(ctx.vault, memory);
  const name = `${kind} ${JSON.stringify(props)}`;
  const known = memory.get(name);
  if (known) return known;
  const freezing = renderAndFreeze(ctx, kind, props);
  memory.set(name, freezing);
  freezing.catch(() => memory.delete(name));
  return freezing;
}

/** What this process froze already. Held by the vault it froze for, gone with it. */
const remembered = new WeakMap<Context["vault"], Map<string, Promise<number>>>();

async function renderAndFreeze<K extends (SingleMail | EditorMailKind) & MailName>(
  ctx: Context,
  kind: K,
  props: MailProps[K],
) {
  const { subject, html, text } = await renderMail(kind, props);
  const { locale, discreet = false } = props as { locale: Locale; discreet?: boolean };
  const { from, headers } = envelope(ctx.config, { kind, discreet, automatic: true });
  const key = createHash("sha256")
    .update(JSON.stringify([from, headers, subject, html, text]))
    .digest("hex");
  const found = await findVariant(ctx.db, null, kind, key);
  if (found) return found.id;
  return insertVariant(ctx.db, {
    digest_id: null,
    kind,
    key,
    locale,
    discreet: discreet ? 1 : 0,
    events: "[]",
    from_mailbox: from,
    subject,
    html,
    text,
    headers: JSON.stringify(headers),
    created_at: ctx.clock(),
  });
}

/** Owes a subscriber one single mail: a batch of one, sent ahead of editions. */
export async function queueMail(
  tx: TxContext,
  kind: SingleMail,
  subscriberId: number,
  variantId: number,
): Promise<void> {
  const batchId = await insertBatch(tx.db, {
    uid: tx.newId(),
    digest_id: null,
    kind,
    status: "queued",
    priority: PRIORITY.single,
    created_at: tx.clock(),
  });
  await insertDeliveries(tx.db, [
    { digest_id: null, subscriber_id: subscriberId, variant_id: variantId, batch_id: batchId, status: "queued" },
  ]);
  await nudge(tx, deliverJob(batchId), { priority: PRIORITY.single });
}
