import fc from "fast-check";
import { Resend, type Response } from "resend";
import { describe, expect, it } from "vitest";
import { cutTemplate } from "../../src/delivery/merge.ts";
import { merge } from "../../src/delivery/variants.ts";
import type { OutgoingMessage, Rendering } from "../../src/mail/mailer.ts";
import { BatchBody } from "../../src/mail/resend-body.ts";
import { sampleMessage } from "./samples.ts";

/** What the SDK's own `batch.send` makes of the same messages. */
async function bySdk(messages: OutgoingMessage[]): Promise<string> {
  let body = "";
  class Recording extends Resend {
    override async fetchRequest<T>(_: string, options: { body?: string } = {}): Promise<Response<T>> {
      body = options.body ?? "";
      return { data: {} as T, error: null, headers: {} };
    }
  }
  const emails = messages.map(({ from, to, replyTo, subject, html, text, headers, tags }) => ({
    from,
    to,
    subject,
    html,
    text,
    headers,
    tags: Object.entries(tags).map(([name, value]) => ({ name, value })),
    ...(replyTo === undefined ? {} : { replyTo }),
  }));
  await new Recording("re_test").batch.send(emails);
  return body;
}

const placeholder = fc.constantFrom("__unsubscribe__", "__preferences__", "__confirm__", "__not-me__");
const text = fc
  .array(fc.oneof(fc.string({ unit: "binary" }), placeholder, fc.constantFrom('"', "\\", "\n", "\u2028", "é", "😀")))
  .map((parts) => parts.join(""));
const rendering = fc.record({ from: text, subject: text, html: text, body: text, header: text }).map(
  ({ from, subject, html, body, header }): Rendering => ({
    from,
    subject,
    html: cutTemplate(html),
    text: cutTemplate(body),
    headers: [
      ["List-Unsubscribe", cutTemplate(header)],
      ["X-Other", cutTemplate("none")],
    ],
  }),
);

function messageOf(of: Rendering, to: string, place: number): OutgoingMessage {
  return merge(of, {
    address: to,
    tags: { digest: "0f3a", delivery: `d${place}` },
    messageId: `<${place}@example.org>`,
    token: (purpose) => `${purpose}-${place}_A`,
  });
}

describe("a batch as Resend takes it", () => {
  it("is byte for byte what the SDK makes of it, however often its memory was used", async () => {
    const body = new BatchBody();
    await fc.assert(
      fc.asyncProperty(fc.array(fc.tuple(rendering, text), { minLength: 1, maxLength: 5 }), async (parts) => {
        const messages = parts.map(([of, to], place) => messageOf(of, to, place));
        expect(Buffer.from(body.encode(messages)).toString()).toBe(await bySdk(messages));
      }),
    );
  });

  it("may hold messages that were not merged, with a reply address", async () => {
    const messages = [sampleMessage(), sampleMessage({ replyTo: "desk@example.org", text: "é".repeat(50_000) })];
    expect(Buffer.from(new BatchBody().encode(messages)).toString()).toBe(await bySdk(messages));
  });
});
