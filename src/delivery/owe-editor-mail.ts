import type { Context } from "../context.ts";
import { nudge, type TxContext } from "../db/transaction.ts";
import { insertEditorMail, leaveOpenEditorMails } from "./editor-mail-queries.ts";
import { editorMailJob, PRIORITY } from "./jobs.ts";
import type { EditorMailKind } from "./words.ts";

/** A mail to an editor; `about` names the one occasion it is for. */
export interface OwedToEditor {
  editorId: number;
  kind: EditorMailKind;
  about: string;
  variantId: number;
}

/** Owes an editor one mail, once for each kind and occasion. It goes to where they want it when it is first tried. */
export async function oweEditorMail(tx: TxContext, { editorId, kind, about, variantId }: OwedToEditor): Promise<void> {
  const id = await insertEditorMail(tx.db, {
    uid: tx.newId(),
    editor_id: editorId,
    kind,
    about,
    variant_id: variantId,
    status: "queued",
    created_at: tx.clock(),
  });
  if (id !== null) await nudge(tx, editorMailJob(id), { priority: PRIORITY.digest });
}

/** Leaves every mail to an editor that is under way to a person, for the reason given. */
export function leaveEditorMails(ctx: Pick<Context, "db" | "clock">, reason: string): Promise<number> {
  return leaveOpenEditorMails(ctx.db, reason, ctx.clock());
}
