import { Hono } from "hono";
import { Webhook, WebhookVerificationError } from "standardwebhooks";
import { z } from "zod";
import type { Context } from "../context.ts";
import { recordEvent } from "../delivery/index.ts";
import { ForbiddenError, InvalidError, MalformedError, NotFoundError } from "../errors.ts";
import { readResendWebhook } from "../mail/webhooks/resend.ts";
import { parse } from "../parse.ts";
import { takeNotice } from "../sources/index.ts";
import { readAddress } from "../subscribers/index.ts";
import { atMost } from "./api/body.ts";

const MAX_KB = 1024;

/**
 * Signed notices from outside, mounted at `/webhooks`. A notice is stored before it is answered: 2xx means that it will
 * be acted on (or needs no action), so that the sender repeats everything else.
 */
export function createWebhooks(ctx: Context): Hono {
  const webhooks = new Hono();
  webhooks.use(atMost(MAX_KB));
  webhooks.post("/resend", async (c) => {
    await takeResendNotice(ctx, await c.req.text(), c.req.raw.headers);
    return c.body(null, 204);
  });
  webhooks.post("/cms", async (c) => {
    return c.json(await takeCmsNotice(ctx, await c.req.text(), c.req.raw.headers), 202);
  });
  return webhooks;
}

async function takeResendNotice(ctx: Context, rawBody: string, headers: Headers): Promise<void> {
  const { mail } = ctx.config;
  const secret = mail.driver === "resend" ? mail.webhookSecret : null;
  if (secret === null) throw new NotFoundError("This installation takes no notices from Resend.");
  const event = unlessUnsigned(() =>
    readResendWebhook({ rawBody, headers, secret, now: ctx.clock(), indexOf: indexIn(ctx) }),
  );
  if (event) await recordEvent(ctx, event);
}

/** No address is kept of a notice, only what finds its reader again. */
function indexIn({ vault }: Context): (address: string) => string | null {
  return (address) => {
    try {
      return vault.index(readAddress(address).canonical);
    } catch (error) {
      if (error instanceof InvalidError) return null;
      throw error;
    }
  };
}

/** The sender of a notice is no caller to be told 403: what is badly signed is bad input, which is not sent again. */
function unlessUnsigned<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ForbiddenError) throw new MalformedError(error.message);
    throw error;
  }
}

const CMS_TYPES = ["article.published", "article.reviewed", "article.updated"];
const CmsNotice = z.object({ type: z.string().max(100), data: z.unknown() });
const CmsArticle = z.object({ data: z.object({ url: z.url({ protocol: /^https?$/ }).max(2000) }) });

/**
 * Takes in the page that a CMS says it published, reviewed or updated, now or as soon as it can be had. The page itself
 * says which of these it was.
 */
async function takeCmsNotice(ctx: Context, rawBody: string, headers: Headers) {
  const secret = ctx.config.cmsWebhookSecret;
  if (secret === null) throw new NotFoundError("This installation takes no notices from a CMS.");
  const notice = verifyCms(secret, rawBody, headers);
  if (!CMS_TYPES.includes(parse(CmsNotice, notice).type)) return { status: "ignored", reason: null };
  return takeNotice(ctx, parse(CmsArticle, notice).data.url);
}

/** Standard Webhooks: HMAC-SHA-256 over id, time and body, five minutes of tolerance. */
function verifyCms(secret: string, rawBody: string, headers: Headers): unknown {
  try {
    return new Webhook(secret).verify(rawBody, Object.fromEntries(headers));
  } catch (error) {
    if (error instanceof WebhookVerificationError) throw new MalformedError(error.message);
    if (error instanceof SyntaxError) throw new MalformedError("The notice is not JSON.");
    throw error;
  }
}
