import type { Context } from "../context.ts";
import { InvalidError, UnavailableError } from "../errors.ts";
import { envelope } from "./envelope.ts";
import { withoutTokens } from "./merge.ts";

/**
 * Sends one rendering to an editor's own address, outside every ledger: no subscriber, no delivery, no retry. The
 * personal links lead to the sign-up page. Throws `UnavailableError` with the provider's words when it was not taken.
 */
export async function sendTest(ctx: Context, to: string, mail: { subject: string; html: string; text: string }) {
  if (/[\s<>,;]/.test(to) || !to.includes("@")) throw new InvalidError("to: expected one email address");
  const { from } = envelope(ctx.config, { kind: "digest", discreet: false, automatic: false });
  const id = ctx.newId();
  const url = `${ctx.config.publicUrl}/subscribe`;
  const message = {
    from,
    to,
    subject: `[Test] ${mail.subject}`,
    html: withoutTokens(mail.html, url),
    text: withoutTokens(mail.text, url),
    headers: {},
    tags: { mail: id, delivery: id },
    messageId: `<${id}@${new URL(ctx.config.publicUrl).hostname}>`,
  };
  const { timeoutMs } = ctx.config.delivery;
  const outcome = await ctx.mailer.send([message], { idempotencyKey: `test-${id}`, timeoutMs });
  if (outcome.kind !== "accepted") throw new UnavailableError(`the test was not sent: ${outcome.reason}`);
}
