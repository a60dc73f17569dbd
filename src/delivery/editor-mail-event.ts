import type { TxContext } from "../db/transaction.ts";
import type { ProviderEvent } from "../mail/provider-event.ts";
import { suppress } from "../suppression/index.ts";
import { findEditorMail, forgetReminders, moveEditorMail } from "./editor-mail-queries.ts";
import { readEditorMailTag } from "./frozen-messages.ts";

const SUPPRESSES = { bounced: "bounce", suppressed: "provider", complained: "complaint" } as const;

/**
 * Applies a notice about a mail to an editor: it settles one of unknown outcome, and an address that bounced or
 * complained is mailed no more, here or as a reader's. Gives false when the notice is about no such mail.
 */
export async function applyToEditorMail(tx: TxContext, { kind, tags, detail }: ProviderEvent): Promise<boolean> {
  const id = readEditorMailTag(tags.delivery);
  const mail = id === null ? undefined : await findEditorMail(tx.db, id);
  if (!mail || mail.uid !== tags.mail) return false;
  const settled = { unsettled_since: null, lease_until: null, address: null, settled_at: tx.clock() };
  if (kind === "sent" || kind === "delayed" || kind === "delivered") {
    const taken = { ...settled, status: "submitted", reason: null } as const;
    await moveEditorMail(tx.db, mail.id, ["queued", "sending", "unknown"], taken);
    return true;
  }
  const lost = { ...settled, status: "failed", reason: detail } as const;
  await moveEditorMail(tx.db, mail.id, ["queued", "sending", "unknown", "submitted"], lost);
  if (mail.address_index !== null && kind in SUPPRESSES) {
    await suppress(tx, mail.address_index, SUPPRESSES[kind as keyof typeof SUPPRESSES]);
    await forgetReminders(tx.db, mail.address_index);
  }
  return true;
}
