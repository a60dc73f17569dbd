import type { Config } from "../../config.ts";
import { migrate } from "../../db/migrate.ts";
import { openDatabase } from "../../db/open.ts";
import type { Mailer } from "../../mail/mailer.ts";
import { openMailer } from "../../mail/open.ts";
import { openQueue } from "../../queue/open.ts";
import { openVault } from "../../vault/index.ts";
import { type Finding, finding, ok, warn } from "./finding.ts";

/** The queue and the mail transport. Sends nothing. */
export async function checkTransports(config: Config): Promise<Finding[]> {
  return [await checkQueue(config), await checkMail(config), ...checkWebhook(config)];
}

function checkQueue({ queue: place }: Config): Promise<Finding> {
  if (place.driver === "memory") return Promise.resolve(ok("queue", "in this process; the server also does the work"));
  return finding("queue", "see QUEUE_URL", async () => {
    const queue = await openQueue(place, { onError: () => undefined });
    try {
      await queue.ping();
      return ok("queue", `${place.driver} answers`);
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
    const mailer = await openWithoutStore(config);
    try {
      await mailer.check();
      return ok("mail", `${mailer.driver} answers`);
    } finally {
      await mailer.close();
    }
  });
}

/** Transports that send keep nothing, so an empty database in memory is enough for them. */
async function openWithoutStore(config: Config): Promise<Mailer> {
  const { db, engine } = await openDatabase({ engine: "sqlite", path: ":memory:" });
  await migrate({ db });
  const vault = await openVault({ database: { db, engine }, dataKeys: config.dataKeys, clock: Date.now });
  return openMailer(config.mail, { db, vault, clock: Date.now });
}

function checkWebhook({ mail, publicUrl }: Config): Finding[] {
  if (mail.driver !== "resend") return [];
  const url = `${publicUrl}/webhooks/resend`;
  if (mail.webhookSecret) return [ok("webhook", `takes Resend's notices at ${url}`)];
  return [warn("webhook", `bounces and complaints stay unknown: add ${url} at Resend and set RESEND_WEBHOOK_SECRET`)];
}
