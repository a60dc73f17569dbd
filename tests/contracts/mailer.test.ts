import { randomBytes } from "node:crypto";
import { type ParsedMail, simpleParser } from "mailparser";
import { inject } from "vitest";
import type { Database } from "../../src/db/database.ts";
import { migrate } from "../../src/db/migrate.ts";
import { openPostgres } from "../../src/db/postgres.ts";
import { openSqlite } from "../../src/db/sqlite.ts";
import { createCaptureMailer } from "../../src/mail/capture.ts";
import { listCaptured } from "../../src/mail/captured.ts";
import { createResendMailer } from "../../src/mail/resend.ts";
import { createSmtpMailer } from "../../src/mail/smtp.ts";
import { openVault } from "../../src/vault/index.ts";
import { startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { startSmtpSink } from "../support/smtp-sink.ts";
import { type Arrived, type MailerOnTrial, mailerContract } from "./mailer.ts";

const clock = Date.now;
const REFUSED = "nobody.here@example.com";

mailerContract("Resend", { open: openResend, remote: true, keys: true });
mailerContract("SMTP", { open: openSmtp, remote: true, keys: false });
mailerContract("capture on SQLite", {
  open: async () => openCapture(openSqlite(":memory:")),
  remote: false,
  keys: true,
});
mailerContract("capture on PostgreSQL", {
  open: async () => openCapture(openPostgres(await freshDatabaseUrl(inject))),
  remote: false,
  keys: true,
});

async function openResend(): Promise<MailerOnTrial> {
  const double = await startResendDouble({ rateLimit: null, addresses: [{ match: `^${REFUSED}$`, as: "refused" }] });
  const mailer = createResendMailer({ apiKey: "re_test", baseUrl: double.url, clock });
  let gone: Promise<void> | null = null;
  const vanish = async () => {
    gone ??= double.close();
    await gone;
  };
  return {
    mailer,
    refused: REFUSED,
    stall: () => double.faults.next({ kind: "stall" }),
    vanish,
    arrived: async () =>
      double.messages().map(({ to, email }) => ({
        to,
        subject: email?.subject ?? "",
        html: email?.html ?? "",
        text: email?.text ?? "",
        headers: lowerCased(email?.headers ?? {}),
      })),
    close: async () => {
      await mailer.close();
      await vanish();
    },
  };
}

async function openSmtp(): Promise<MailerOnTrial> {
  const sink = await startSmtpSink({ refused: REFUSED });
  const mailer = createSmtpMailer({ url: sink.url, dkim: null, clock });
  let gone: Promise<void> | null = null;
  const vanish = async () => {
    gone ??= sink.close();
    await gone;
  };
  return {
    mailer,
    refused: REFUSED,
    stall: () => {
      sink.fault = { at: "content", does: "stall" };
    },
    vanish,
    arrived: async () => (await Promise.all(sink.arrived.map((one) => simpleParser(one)))).map(toArrived),
    close: async () => {
      await mailer.close();
      await vanish();
    },
  };
}

async function openCapture(database: Database): Promise<MailerOnTrial> {
  await migrate(database);
  const vault = await openVault({ database, dataKeys: [randomBytes(32).toString("base64")], clock });
  const mailer = createCaptureMailer({ db: database.db, vault, clock });
  return {
    mailer,
    refused: null,
    stall: null,
    vanish: null,
    arrived: async () =>
      (await listCaptured({ db: database.db, vault }, { limit: 1000 }))
        .reverse()
        .map(({ message }) => ({ ...message, headers: lowerCased(message.headers) })),
    close: async () => {
      await mailer.close();
      await database.close();
    },
  };
}

function lowerCased(headers: Record<string, string>): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

function toArrived(mail: ParsedMail): Arrived {
  const to = [mail.to ?? []].flat().flatMap((list) => list.value.map((one) => one.address ?? ""));
  const headers = mail.headerLines.map(({ key, line }) => [
    key,
    line
      .slice(line.indexOf(":") + 1)
      .replaceAll(/\r\n(?=[ \t])/g, "")
      .trim(),
  ]);
  const text = mail.text ?? "";
  return {
    to: to.join(),
    subject: mail.subject ?? "",
    html: mail.html || "",
    text,
    headers: Object.fromEntries(headers),
  };
}
