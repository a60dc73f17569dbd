import type { Config } from "../../config.ts";
import { openMailerAlone, openQueueAlone } from "../../open-context.ts";
import { type Finding, finding, ok, warn } from "./finding.ts";

/** The queue and the mail transport. Sends nothing. */
export async function checkTransports(config: Config): Promise<Finding[]> {
  return [await checkQueue(config), await checkMail(config), ...checkWebhook(config)];
}

function checkQueue(config: Config): Promise<Finding> {
  if (config.queue.driver === "memory")
    return Promise.resolve(ok("queue", "in this process; the server also does the work"));
  return finding("queue", "see QUEUE_URL", async () => {
    const queue = await openQueueAlone(config);
    try {
      await queue.ping();
      return ok("queue", `${queue.driver} answers`);
    } finally {
      await queue.close();
    }
  });
}

function checkMail(config: Config): Promise<Finding> {
  if (config.mail.driver === "capture") {
    return Promise.resolve(warn("mail", "is kept here and not sent; set RESEND_API_KEY or SMTP_URL to send it"));
  }
  return finding("mail", "see RESEND_API_KEY or SMTP_URL", async () => {
    const mailer = await openMailerAlone(config);
    try {
      await mailer.check();
      return ok("mail", `${mailer.driver} answers`);
    } finally {
      await mailer.close();
    }
  });
}

function checkWebhook({ mail, publicUrl }: Config): Finding[] {
  if (mail.driver !== "resend") return [];
  const url = `${publicUrl}/webhooks/resend`;
  if (mail.webhookSecret) return [ok("webhook", `takes Resend's notices at ${url}`)];
  return [warn("webhook", `bounces and complaints stay unknown: add ${url} at Resend and set RESEND_WEBHOOK_SECRET`)];
}
