import type { Context } from "../src/context.ts";
import { deliverEditorMail } from "../src/delivery/index.ts";
import type { JobHandler } from "../src/queue/queue.ts";

/** Hands over one mail to an editor: `key` is the mail's id. */
export function editorMail(ctx: Context): JobHandler {
  return async (key) => deliverEditorMail(ctx, Number(key));
}
