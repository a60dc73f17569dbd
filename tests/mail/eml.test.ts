import { authenticate } from "mailauth";
import { simpleParser } from "mailparser";
import { describe, expect, it } from "vitest";
import { toEml } from "../../src/mail/eml.ts";
import { createSmtpMailer } from "../../src/mail/smtp.ts";
import { startSmtpSink } from "../support/smtp-sink.ts";
import { dkimKey, sampleMessage } from "./samples.ts";

const date = Date.UTC(2026, 0, 9, 8);

describe("a message as it travels", () => {
  it("is read back without a defect, text and HTML as alternatives", async () => {
    const message = sampleMessage({ replyTo: "desk@example.org" });
    const mail = await simpleParser(Buffer.from(await toEml(message, { date })));
    expect(mail).toMatchObject({ subject: message.subject, text: message.text, html: message.html });
    expect(mail.from?.value).toEqual([{ name: "Calm Pages", address: "letters@example.org" }]);
    expect(mail.replyTo?.value[0]?.address).toBe("desk@example.org");
    expect(mail.date?.getTime()).toBe(date);
    expect(mail.messageId).toBe(message.messageId);
    expect(mail.attachments).toEqual([]);
    expect(mail.headers.get("content-type")).toMatchObject({ value: "multipart/alternative" });
    const list = mail.headers.get("list") as unknown as Record<string, { url?: string; name?: string }>;
    expect(`<${list.unsubscribe?.url}>`).toBe(message.headers["List-Unsubscribe"]);
    expect(list.id?.name).toBe("letters.example.org");
  });

  it("ends every line with CRLF and keeps it under 998 octets", async () => {
    const text = Buffer.from(
      await toEml(sampleMessage({ html: `<p>${"word ".repeat(2000)}</p>` }), { date }),
    ).toString();
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(Math.max(...text.split("\r\n").map((line) => line.length))).toBeLessThanOrEqual(998);
  });

  it("is not made when a header would be broken out of", async () => {
    await expect(toEml(sampleMessage({ subject: "a\r\nBcc: b@example.net" }), { date })).rejects.toThrow("Subject");
  });

  it("reads no file and no page that a message names", async () => {
    const html = { path: "/etc/hostname" } as unknown as string;
    await expect(toEml(sampleMessage({ html }), { date })).rejects.toThrow(/access/i);
  });
});

describe("a signed message", () => {
  it("passes DKIM and covers both headers that one-click unsubscribing needs", async () => {
    const { key, record } = dkimKey();
    const sink = await startSmtpSink();
    const mailer = createSmtpMailer({ url: sink.url, dkim: key, clock: Date.now });
    await mailer.send([sampleMessage()], { idempotencyKey: "batch-1", timeoutMs: 5000 });
    await mailer.close();
    await sink.close();
    const resolver = async (name: string) => {
      if (name === "s1._domainkey.example.org") return [[record]];
      throw Object.assign(new Error("no such name"), { code: "ENOTFOUND" });
    };
    const { dkim } = await authenticate(sink.arrived[0] ?? Buffer.alloc(0), { trustReceived: false, resolver });
    const [signature] = dkim.results;
    expect(signature?.status?.result).toBe("pass");
    const covered = signedHeaders(signature).toLowerCase();
    for (const name of ["list-unsubscribe", "list-unsubscribe-post", "list-id", "from", "subject", "auto-submitted"]) {
      expect(covered.split(/[:,\s]+/), name).toContain(name);
    }
  });
});

/** The names a signature covers; mailauth gives them beside what its types tell. */
function signedHeaders(signature: unknown): string {
  return (signature as { signingHeaders?: { keys?: string } } | undefined)?.signingHeaders?.keys ?? "";
}
