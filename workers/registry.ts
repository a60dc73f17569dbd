import type { Context } from "../src/context.ts";
import type { JobHandlers } from "../src/queue/queue.ts";
import { applyEvent } from "./apply-event.ts";
import { buildDigests } from "./build-digests.ts";
import { deliverBatch } from "./deliver-batch.ts";
import { editorMail } from "./editor-mail.ts";
import { planDigest } from "./plan-digest.ts";
import { pollSource } from "./poll-source.ts";
import { postAlert } from "./post-alert.ts";
import { sweep } from "./sweep.ts";
import { takeRequest } from "./take-request.ts";

/** Every job by name, bound to a context. */
export function registry(ctx: Context): JobHandlers {
  return {
    "take-request": takeRequest(ctx),
    "build-digests": buildDigests(ctx),
    "plan-digest": planDigest(ctx),
    "deliver-batch": deliverBatch(ctx),
    "editor-mail": editorMail(ctx),
    "apply-event": applyEvent(ctx),
    "poll-source": pollSource(ctx),
    "post-alert": postAlert(ctx),
    sweep: sweep(ctx),
  };
}
