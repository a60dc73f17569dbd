import { generateKeyPairSync } from "node:crypto";
import type { OutgoingMessage } from "../../src/mail/mailer.ts";

/** A message as an edition sends it. */
export function sampleMessage(changes: Partial<OutgoingMessage> = {}): OutgoingMessage {
  return {
    from: '"Calm Pages" <letters@example.org>',
    to: "reader@example.com",
    subject: "Re-reviewed: Light, sleep and mood – an überblick",
    html: '<html lang="en"><body><h1>Light and sleep</h1><p>Reviewed in März.</p></body></html>',
    text: "Light and sleep\n===============\n\nReviewed in März.\n.\nFrom here on, nothing changed.\n",
    headers: {
      "List-Id": "<letters.example.org>",
      "List-Unsubscribe": `<https://letters.example.org/unsubscribe/${"Ab3-_".repeat(24)}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
      "Auto-Submitted": "auto-generated",
    },
    tags: { digest: "0f3a", delivery: "d17" },
    messageId: "<0f3a.17@example.org>",
    ...changes,
  };
}

/** A fresh DKIM key, and the DNS answer that publishes it. */
export function dkimKey() {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  return { key: { domain: "example.org", selector: "s1", privateKey: pem }, record };
}
