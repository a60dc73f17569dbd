import { Webhook } from "standardwebhooks";
import { describe, expect, it } from "vitest";
import { readResendWebhook } from "../../src/mail/webhooks/resend.ts";

const SECRET = `whsec_${Buffer.from("a secret of the provider's own!!").toString("base64")}`;
const OLD_SECRET = `whsec_${Buffer.from("the secret of the year before!!!").toString("base64")}`;
const NOW = Date.UTC(2026, 0, 12, 9);

interface Attempt {
  body?: unknown;
  rawBody?: string;
  id?: string;
  at?: number;
  signature?: string;
  without?: string;
}

function notice(type: string, data: Record<string, unknown> = {}) {
  const email = { email_id: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794", to: ["quiet.reader@example.com"], ...data };
  return {
    type,
    created_at: "2026-01-12T08:59:30.000Z",
    data: { tags: { digest: "0f3a", delivery: "d17" }, ...email },
  };
}

function read({ body = notice("email.delivered"), rawBody, id = "msg_1", at = NOW, signature, without }: Attempt = {}) {
  const raw = rawBody ?? JSON.stringify(body);
  const headers = new Headers({
    "svix-id": id,
    "svix-timestamp": String(Math.floor(at / 1000)),
    "svix-signature": signature ?? sign(SECRET, id, at, raw),
  });
  if (without) headers.delete(without);
  return readResendWebhook({
    rawBody: raw,
    headers,
    secret: SECRET,
    now: NOW,
    indexOf: (address) => (address === "" ? null : `index of ${address.length}`),
  });
}

/** The provider's words in a notice about a message. */
function detailOf(attempt: Attempt): string | null | undefined {
  const event = read(attempt);
  return event && "detail" in event ? event.detail : undefined;
}

function sign(secret: string, id: string, at: number, raw: string): string {
  return new Webhook(secret).sign(id, new Date(at), raw);
}

describe("a notice from Resend", () => {
  it("becomes an event with the notice's own id and time, and our tags", () => {
    expect(read()).toEqual({
      id: "msg_1",
      kind: "delivered",
      at: Date.UTC(2026, 0, 12, 8, 59, 30),
      providerId: "49a3999c-0ce1-4ea6-ab68-afcd6dc2e794",
      tags: { digest: "0f3a", delivery: "d17" },
      detail: null,
    });
  });

  it.each([
    ["email.sent", "sent"],
    ["email.delivered", "delivered"],
    ["email.delivery_delayed", "delayed"],
    ["email.complained", "complained"],
    ["email.failed", "failed"],
    ["email.suppressed", "suppressed"],
  ])("of type %s is of kind %s", (type, kind) => {
    expect(read({ body: notice(type) })?.kind).toBe(kind);
  });

  it.each([
    ["Permanent", "bounced"],
    ["Transient", "bounced-soft"],
    ["Undetermined", "bounced-soft"],
    [undefined, "bounced-soft"],
  ])("of a bounce of type %s is of kind %s", (type, kind) => {
    const bounce = { type, subType: "General", message: "said the server" };
    expect(read({ body: notice("email.bounced", { bounce }) })?.kind).toBe(kind);
  });

  it.each(["email.opened", "email.clicked", "contact.created", "domain.updated", "email.new", "constructor"])(
    "of type %s means nothing here",
    (type) => {
      expect(read({ body: notice(type) })).toBeNull();
    },
  );

  it("keeps the server's words without the reader's address, in no form", () => {
    const message = "550 <quiet.reader@example.com>: quiet.reader has no mailbox";
    const body = notice("email.bounced", { bounce: { type: "Permanent", subType: "NoEmail", message } });
    expect(detailOf({ body })).toBe("Permanent NoEmail: 550 <[address]>: [address] has no mailbox");
  });

  it("keeps nothing personal, whatever the provider adds", () => {
    const data = {
      from: "letters@example.org",
      subject: "Re-reviewed: a topic",
      headers: [{ name: "List-Unsubscribe", value: "<https://letters.example.org/unsubscribe/secret-token>" }],
      tags: { digest: "0f3a", reader: "quiet.reader@example.com", "a b": "c" },
      email_id: "quiet.reader@example.com",
    };
    const event = read({ body: notice("email.delivered", data) });
    expect(event).toMatchObject({ tags: { digest: "0f3a" }, providerId: null });
    expect(JSON.stringify(event)).not.toMatch(/quiet|example|secret|topic/);
  });

  it("says why a message was suppressed or failed", () => {
    const suppressed = { type: "OnAccountSuppressionList", reason: "previous_bounce" };
    expect(detailOf({ body: notice("email.suppressed", { suppressed }) })).toBe(
      "OnAccountSuppressionList previous_bounce",
    );
    expect(detailOf({ body: notice("email.failed", { failed: { reason: "reached_daily_quota" } }) })).toBe(
      "reached_daily_quota",
    );
  });

  it("survives fields of other shapes than documented", () => {
    const odd = { type: "email.bounced", created_at: 5, data: { tags: null, to: 7, bounce: "yes", email_id: {} } };
    expect(read({ body: odd })).toEqual({
      id: "msg_1",
      kind: "bounced-soft",
      at: NOW,
      providerId: null,
      tags: {},
      detail: null,
    });
    expect(read({ body: { type: "email.delivered" } })?.kind).toBe("delivered");
  });

  it.each(["[]", "null", "7", "{}", "not json"])("that is signed but is no notice is invalid: %s", (rawBody) => {
    expect(() => read({ rawBody })).toThrow(expect.objectContaining({ code: "invalid" }));
  });
});

describe("the signature of a notice", () => {
  const forbidden = expect.objectContaining({ code: "forbidden" });
  const raw = JSON.stringify(notice("email.delivered"));

  it.each(["svix-id", "svix-timestamp", "svix-signature"])("is missing without %s", (without) => {
    expect(() => read({ without })).toThrow(forbidden);
  });

  it("does not fit another secret, another id, another time or another body", () => {
    expect(() => read({ signature: sign(OLD_SECRET, "msg_1", NOW, raw) })).toThrow(forbidden);
    expect(() => read({ signature: sign(SECRET, "msg_2", NOW, raw) })).toThrow(forbidden);
    expect(() => read({ signature: sign(SECRET, "msg_1", NOW - 1000, raw) })).toThrow(forbidden);
    expect(() => read({ signature: sign(SECRET, "msg_1", NOW, `${raw} `) })).toThrow(forbidden);
  });

  it("is over the raw body: the same JSON written differently does not fit", () => {
    const signature = sign(SECRET, "msg_1", NOW, raw);
    expect(() => read({ rawBody: JSON.stringify(JSON.parse(raw), null, 1), signature })).toThrow(forbidden);
  });

  it("fits when one of a list does, as while a secret is being rotated", () => {
    const list = `${sign(OLD_SECRET, "msg_1", NOW, raw)} ${sign(SECRET, "msg_1", NOW, raw)}`;
    expect(read({ signature: list })?.kind).toBe("delivered");
    expect(() => read({ signature: `${sign(OLD_SECRET, "msg_1", NOW, raw)} v1a,AAAA` })).toThrow(forbidden);
  });

  it("does not fit under another version's name", () => {
    expect(() => read({ signature: sign(SECRET, "msg_1", NOW, raw).replace("v1,", "v2,") })).toThrow(forbidden);
  });

  it("holds for five minutes each way", () => {
    expect(read({ at: NOW - 299_000 })?.kind).toBe("delivered");
    expect(read({ at: NOW + 299_000 })?.kind).toBe("delivered");
    expect(() => read({ at: NOW - 301_000 })).toThrow(forbidden);
    expect(() => read({ at: NOW + 301_000 })).toThrow(forbidden);
  });
});
