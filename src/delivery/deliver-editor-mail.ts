import type { Context } from "../context.ts";
import { type TxContext, transaction } from "../db/transaction.ts";
import type { OutgoingMessage, SendOutcome } from "../mail/mailer.ts";
import type { JobOutcome } from "../queue/queue.ts";
import {
  type EditorMail,
  findEditorMail,
  leaseEditorMail,
  moveEditorMail,
  whereToRemind,
} from "./editor-mail-queries.ts";
import { followLimits } from "./follow-limits.ts";
import { domainOf, editorMailTag } from "./frozen-messages.ts";
import { stopSending } from "./pause-sending.ts";
import { cutVariants, merge } from "./variants.ts";
import { judge, type Later, mayTry, type Verdict, whenDue } from "./verdict.ts";

/**
 * Hands one mail to an editor over to the provider, under the rules of a batch: frozen before the first attempt, the
 * same bytes under the same key at every other, never again once the key is forgotten. Safe to call at any time.
 */
export async function deliverEditorMail(ctx: Context, mailId: number): Promise<JobOutcome> {
  await ctx.vault.ready();
  const attempt = await beginAttempt(ctx, mailId);
  if (!attempt) return whenDue(await findEditorMail(ctx.db, mailId), ctx.clock());
  if (!attempt.allowed) return giveUp(ctx, attempt.mail, "the outcome of an earlier attempt is not known");
  const outcome = await ctx.mailer.send([await frozenMessage(ctx, attempt.mail)], {
    idempotencyKey: `editor-${attempt.mail.uid}`,
    timeoutMs: ctx.config.delivery.timeoutMs,
  });
  return record(ctx, attempt, outcome);
}

interface Attempt {
  mail: EditorMail;
  allowed: boolean;
  unsettledSince: number | null;
}

/** As of a batch: a process that dies from here on leaves a row that says its outcome is not known. */
function beginAttempt(ctx: Context, mailId: number): Promise<Attempt | null> {
  return transaction(ctx, async (tx) => {
    const now = tx.clock();
    const leased = await leaseEditorMail(tx.db, mailId, now, now + tx.config.delivery.leaseMs);
    const mail = leased && leased.frozen_at === null ? await freeze(tx, leased) : leased;
    if (!mail) return null;
    const attempt = { mail, allowed: mayTry(tx, mail), unsettledSince: mail.unsettled_since };
    if (attempt.allowed) {
      const begun = { unsettled_since: mail.unsettled_since ?? now, transport: tx.mailer.driver };
      await moveEditorMail(tx.db, mailId, ["sending"], begun);
    }
    return attempt;
  });
}

/** Fixes where the mail goes; one whose editor left, or wants no more mail, or must not be mailed is skipped. */
async function freeze(tx: TxContext, mail: EditorMail): Promise<EditorMail | undefined> {
  const place = await whereToRemind(tx.db, mail.editor_id);
  if (!place || place.suppressed !== null) {
    await settle(tx, mail, { status: "skipped", reason: place ? "suppressed" : "not wanted" });
    return undefined;
  }
  const frozen = {
    address: place.reminder_address,
    address_index: place.reminder_index,
    frozen_at: tx.clock(),
  };
  await moveEditorMail(tx.db, mail.id, ["sending"], frozen);
  return { ...mail, ...frozen };
}

/** The frozen rendering to the frozen address, byte for byte the same at every call. */
async function frozenMessage(ctx: Context, mail: EditorMail): Promise<OutgoingMessage> {
  const variant = (await cutVariants(ctx, [mail.variant_id])).get(mail.variant_id);
  if (!variant || !mail.address) throw new Error(`mail ${mail.uid}: a frozen mail lost its variant or its address`);
  return merge(variant, {
    address: ctx.vault.open(mail.address),
    tags: { mail: mail.uid, delivery: editorMailTag(mail.id) },
    messageId: `<${mail.uid}.${mail.id}@${domainOf(variant.from)}>`,
    token: (purpose) => {
      throw new Error(`mail ${mail.uid}: a mail to an editor asks for the token ${purpose}`);
    },
  });
}

async function record(ctx: Context, { mail, unsettledSince }: Attempt, outcome: SendOutcome): Promise<JobOutcome> {
  await followLimits(ctx, outcome);
  const verdict = judge(ctx, { attempts: mail.attempts, unsettledSince }, outcome);
  switch (verdict.kind) {
    case "accepted":
      return accepted(ctx, mail, verdict);
    case "refused":
      return transaction(ctx, (tx) => settle(tx, mail, { status: "failed", reason: verdict.reason }));
    case "later":
      return requeue(ctx, mail, verdict);
    case "halt":
      await stopSending(ctx, verdict, null);
      return requeue(ctx, mail, verdict);
    case "give-up":
      return giveUp(ctx, mail, verdict.reason);
  }
}

async function accepted(
  ctx: Context,
  mail: EditorMail,
  { ids, restMs }: Extract<Verdict, { kind: "accepted" }>,
): Promise<JobOutcome> {
  await transaction(ctx, (tx) => settle(tx, mail, { status: "submitted", reason: null, provider_id: ids[0] ?? null }));
  return restMs === undefined ? undefined : { rest: restMs };
}

function requeue(ctx: Context, mail: EditorMail, { reason, afterMs, unsettledSince, job }: Later): Promise<JobOutcome> {
  return transaction(ctx, async (tx) => {
    await moveEditorMail(tx.db, mail.id, ["sending"], {
      status: "queued",
      reason,
      unsettled_since: unsettledSince,
      lease_until: null,
      next_attempt_at: tx.clock() + afterMs,
    });
    return job;
  });
}

function giveUp(ctx: Context, mail: EditorMail, reason: string): Promise<undefined> {
  ctx.log.error({ mail: mail.uid, reason }, "the outcome of a mail to an editor is not known; a person must decide");
  return transaction(ctx, (tx) => settle(tx, mail, { status: "unknown", reason }));
}

/** The address is only kept while the same bytes may be asked for again. */
async function settle(
  tx: TxContext,
  mail: EditorMail,
  change: {
    status: "submitted" | "failed" | "skipped" | "unknown";
    reason: string | null;
    provider_id?: string | null;
  },
): Promise<undefined> {
  const closed = { address: null, lease_until: null, settled_at: tx.clock() };
  const settled = change.status === "unknown" ? {} : { unsettled_since: null };
  await moveEditorMail(tx.db, mail.id, ["sending"], { ...closed, ...settled, ...change });
  return undefined;
}
