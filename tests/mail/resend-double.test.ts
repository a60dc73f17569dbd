import { randomBytes } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { Resend } from "resend";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readResendWebhook } from "../../src/mail/webhooks/resend.ts";
import {
  type RandomFaults,
  type ResendDouble,
  type ResendDoubleOptions,
  spawnResendDouble,
  startResendDouble,
  type WebhookSettings,
} from "../support/resend-double/index.ts";

const email = (changes: object = {}) => ({
  from: "Letters <letters@example.org>",
  to: "reader@example.com",
  subject: "Hello",
  text: "Hello",
  ...changes,
});

describe("the Resend double", () => {
  let double: ResendDouble;
  let resend: Resend;
  let now = Date.UTC(2026, 0, 12, 9);
  const closing: (() => Promise<void>)[] = [];

  async function start(options: ResendDoubleOptions = {}): Promise<void> {
    double = await startResendDouble({ rateLimit: null, clock: () => now, ...options });
    resend = new Resend("re_test", { baseUrl: double.url });
    closing.push(double.close);
  }
  const batch = (emails: object[], idempotencyKey?: string) =>
    resend.batch.send(emails as Parameters<Resend["batch"]["send"]>[0], idempotencyKey ? { idempotencyKey } : {});
  const raw = (path: string, init: RequestInit = {}) =>
    fetch(`${double.url}${path}`, { ...init, headers: { authorization: "Bearer re_test", ...init.headers } });

  beforeEach(() => start());
  afterEach(async () => {
    now = Date.UTC(2026, 0, 12, 9);
    for (const close of closing.splice(0)) await close();
  });

  describe("taking messages", () => {
    it("takes one message and shows it under its id, without tags or headers", async () => {
      const { data } = await resend.emails.send(email({ tags: [{ name: "digest", value: "d1" }] }));
      const { data: shown } = await resend.emails.get(data?.id ?? "");
      expect(shown).toMatchObject({ id: data?.id, to: ["reader@example.com"], subject: "Hello", text: "Hello" });
      expect(shown).not.toHaveProperty("tags");
    });

    it("takes a batch and gives an id for each message, in order", async () => {
      const { data } = await batch([email({ to: "a@example.com" }), email({ to: "b@example.com" })]);
      expect(data?.data.map(({ id }) => id)).toEqual(double.messages().map(({ id }) => id));
      expect(double.messages().map(({ to }) => to)).toEqual(["a@example.com", "b@example.com"]);
    });

    it("counts what was truly taken for each address", async () => {
      await batch([email(), email(), email({ to: "Other <other@example.com>" })]);
      expect(double.acceptedFor("reader@example.com")).toBe(2);
      expect(double.acceptedFor("other@example.com")).toBe(1);
      expect(double.counts()).toMatchObject({ requests: 1, taken: 1, accepted: 3, addresses: 2, duplicated: 1 });
    });

    it("forgets everything but its settings when it is reset", async () => {
      await batch([email()], "key");
      double.reset();
      expect(double.counts()).toMatchObject({ requests: 0, accepted: 0 });
      expect((await batch([email({ subject: "Other" })], "key")).error).toBeNull();
    });
  });

  describe("refusing messages", () => {
    it.each<[string, object, string]>([
      ["no sender", { from: undefined }, "missing_required_field"],
      ["no recipient", { to: undefined }, "missing_required_field"],
      ["no subject", { subject: undefined }, "missing_required_field"],
      ["no content", { text: undefined }, "missing_required_field"],
      ["a sender without a domain", { from: "letters@localhost" }, "validation_error"],
      ["a recipient that is none", { to: "not an address" }, "validation_error"],
      ["51 recipients", { to: Array.from({ length: 51 }, (_, n) => `r${n}@example.com`) }, "validation_error"],
      ["a tag with a dot", { tags: [{ name: "digest", value: "a.b" }] }, "validation_error"],
      ["a tag that is too long", { tags: [{ name: "digest", value: "a".repeat(257) }] }, "validation_error"],
      ["a line break in a header", { headers: { "X-One": "a\r\nBcc: b@example.net" } }, "validation_error"],
      ["a line break in the subject", { subject: "a\nb" }, "validation_error"],
    ])("refuses the whole batch for one message with %s", async (_, change, name) => {
      const { data, error } = await batch([email(), email(change)]);
      expect(data).toBeNull();
      expect(error).toMatchObject({ statusCode: 422, name, message: expect.any(String) });
      expect(double.counts().accepted).toBe(0);
    });

    it("takes a hundred messages and fifty recipients, and not one more message", async () => {
      const to = Array.from({ length: 50 }, (_, n) => `r${n}@example.com`);
      const hundred = Array.from({ length: 100 }, () => email({ to }));
      expect((await batch([...hundred, email()])).error?.statusCode).toBe(422);
      expect((await batch(hundred)).data?.data).toHaveLength(100);
      expect(double.counts().accepted).toBe(5000);
    });

    it("takes the good messages of a permissive batch and names the places of the bad ones", async () => {
      double.settings.addresses = [{ match: "^bad@", as: "refused" }];
      const emails = [email({ subject: "" }), email(), email({ to: "bad@example.com" })];
      const { data } = await resend.batch.send(emails, { batchValidation: "permissive" });
      expect(data?.data).toHaveLength(1);
      expect(data?.errors?.map(({ index }) => index)).toEqual([0, 2]);
    });

    it("drops the attachments of a batch in silence", async () => {
      const attachments = [{ filename: "a.txt", content: "YQ==" }];
      expect((await batch([email({ attachments })])).error).toBeNull();
      expect(double.messages()[0]?.email).not.toHaveProperty("attachments");
    });

    it("refuses what is not JSON, not a list, not a known path or not the right method", async () => {
      const post = (path: string, body: string) => raw(path, { method: "POST", body }).then((one) => one.status);
      expect(await post("/emails/batch", "{")).toBe(400);
      expect(await post("/emails/batch", "{}")).toBe(422);
      expect(await post("/emails/batch", "[]")).toBe(422);
      expect(await post("/nothing", "{}")).toBe(404);
      expect((await raw("/emails/batch")).status).toBe(405);
      expect((await raw("/emails/unknown")).status).toBe(404);
    });
  });

  describe("checking who sends", () => {
    it("wants a key, and one that it knows", async () => {
      const bare = await fetch(`${double.url}/emails`, { method: "POST", body: "{}" });
      expect([bare.status, await bare.json()]).toEqual([401, expect.objectContaining({ name: "missing_api_key" })]);
      const other = await new Resend("other", { baseUrl: double.url }).emails.send(email());
      expect(other.error).toMatchObject({ statusCode: 403, name: "invalid_api_key" });
    });

    it("lets a sending key send and nothing else, and a suspended one nothing", async () => {
      double.settings.apiKeys = { re_test: "sending" };
      expect((await resend.emails.send(email())).error).toBeNull();
      expect((await resend.emails.get("x")).error).toMatchObject({ statusCode: 401, name: "restricted_api_key" });
      double.settings.apiKeys = { re_test: "suspended" };
      expect((await resend.emails.send(email())).error).toMatchObject({ statusCode: 403, name: "suspended_api_key" });
    });

    it("sends only for domains that are verified", async () => {
      double.settings.domains = ["example.net"];
      expect((await batch([email()])).error).toMatchObject({ statusCode: 403, name: "validation_error" });
      double.settings.domains = ["example.org"];
      expect((await batch([email()])).error).toBeNull();
    });
  });

  describe("remembering keys", () => {
    it("answers the same request under the same key the same, and takes it once", async () => {
      const first = await batch([email(), email()], "key");
      expect((await batch([email(), email()], "key")).data).toEqual(first.data);
      expect(double.counts()).toMatchObject({ accepted: 2, taken: 1, replayed: 1 });
      expect(double.perKey().get("key")).toMatchObject({ messages: 2, requests: 1 });
    });

    it("refuses another request under a used key", async () => {
      await batch([email()], "key");
      const { error } = await batch([email({ subject: "Other" })], "key");
      expect(error).toMatchObject({ statusCode: 409, name: "invalid_idempotent_request" });
    });

    it("refuses the same request while the first is being worked on", async () => {
      double.faults.next({ kind: "slow", ms: 200 });
      const first = batch([email()], "key");
      await new Promise((go) => setTimeout(go, 80));
      expect((await batch([email()], "key")).error).toMatchObject({
        statusCode: 409,
        name: "concurrent_idempotent_requests",
      });
      expect((await first).error).toBeNull();
      expect(double.counts().accepted).toBe(1);
    });

    it("forgets a key after 24 hours, and not before", async () => {
      await batch([email()], "key");
      now += 24 * 3_600_000 - 1;
      await batch([email()], "key");
      expect(double.counts().accepted).toBe(1);
      now += 1;
      await batch([email()], "key");
      expect(double.counts().accepted).toBe(2);
    });

    it("refuses a key that is too long", async () => {
      expect((await batch([email()], "k".repeat(257))).error).toMatchObject({ name: "invalid_idempotency_key" });
      expect((await batch([email()], "k".repeat(256))).error).toBeNull();
    });

    it("does not remember the key of a request that it refused", async () => {
      await batch([email({ to: "nobody" })], "key");
      expect((await batch([email()], "key")).error).toBeNull();
    });
  });

  describe("limiting", () => {
    it("takes five requests a second by default, and says so in its headers", async () => {
      await start({ rateLimit: { max: 5, perMs: 1000 } });
      const answers = [];
      for (let n = 0; n < 6; n++) answers.push(await raw("/emails", { method: "POST", body: JSON.stringify(email()) }));
      expect(answers.map((one) => one.status)).toEqual([200, 200, 200, 200, 200, 429]);
      expect(Object.fromEntries(answers[0]?.headers ?? [])).toMatchObject({
        "ratelimit-limit": "5",
        "ratelimit-policy": "5;w=1",
        "ratelimit-remaining": "4",
        "ratelimit-reset": "1",
      });
      expect(answers[5]?.headers.get("retry-after")).toBe("1");
      now += 1000;
      expect((await resend.emails.send(email())).error).toBeNull();
    });

    it("counts recipients against the day's and the month's quota", async () => {
      Object.assign(double.settings, { dailyQuota: 2, monthlyQuota: 3 });
      expect((await batch([email(), email()])).error).toBeNull();
      expect((await batch([email()])).error).toMatchObject({ statusCode: 429, name: "daily_quota_exceeded" });
      now += 86_400_000;
      expect((await batch([email()])).error).toBeNull();
      expect((await batch([email()])).error).toMatchObject({ statusCode: 429, name: "monthly_quota_exceeded" });
      now += 31 * 86_400_000;
      expect((await batch([email()])).error).toBeNull();
    });
  });

  describe("telling what became of messages", () => {
    const secret = `whsec_${randomBytes(24).toString("base64")}`;

    /** A receiver that answers 200, or for the first `failures` notices 500. */
    async function receive(settings: Partial<WebhookSettings> = {}, failures = 0) {
      const got: { id: string; kind: string | undefined; at: number; tags: object | undefined }[] = [];
      let left = failures;
      const server = createServer(async (request, response) => {
        const chunks: Buffer[] = [];
        for await (const chunk of request) chunks.push(chunk as Buffer);
        const headers = new Headers(request.headers as Record<string, string>);
        const event = readResendWebhook({
          rawBody: Buffer.concat(chunks).toString(),
          headers,
          secret,
          now,
          indexOf: () => null,
        });
        const tags = event && "tags" in event ? event.tags : undefined;
        got.push({ id: event?.id ?? "", kind: event?.kind, at: event?.at ?? 0, tags });
        response.writeHead(left-- > 0 ? 500 : 200).end();
      }).listen(0, "127.0.0.1");
      await new Promise((listening) => server.once("listening", listening));
      closing.unshift(async () => {
        server.closeAllConnections();
        await new Promise((closed) => server.close(closed));
      });
      const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
      double.settings.webhooks = { url, secret, retryMs: [5, 5], ...settings };
      return got;
    }

    it.each([
      ["delivered", ["sent", "delivered"]],
      ["bounced", ["sent", "bounced"]],
      ["bounced-soft", ["sent", "bounced-soft"]],
      ["complained", ["sent", "delivered", "complained"]],
      ["delayed", ["sent", "delayed", "delivered"]],
      ["suppressed", ["suppressed"]],
      ["failed", ["failed"]],
      ["silent", []],
    ] as const)("tells the story of an address that is %s, signed, with our tags, in order", async (as, kinds) => {
      const got = await receive();
      double.settings.addresses = [{ match: "reader", as }];
      await batch([email({ tags: [{ name: "delivery", value: "d17" }] })]);
      await double.webhooks.idle();
      expect(got.map(({ kind }) => kind)).toEqual(kinds);
      expect(got.every(({ tags }) => JSON.stringify(tags) === '{"delivery":"d17"}')).toBe(true);
      expect(got.map(({ at }) => at)).toEqual(got.map(({ at }) => at).sort((a, b) => a - b));
    });

    it("knows the provider's own test addresses", async () => {
      const got = await receive();
      await batch([email({ to: "bounced@resend.dev" }), email({ to: "complained@resend.dev" })]);
      await double.webhooks.idle();
      expect(got.map(({ kind }) => kind).sort()).toEqual(["bounced", "complained", "delivered", "sent", "sent"]);
    });

    it("repeats a notice that was not received, under the same id", async () => {
      const got = await receive({}, 2);
      double.settings.addresses = [{ match: ".", as: "suppressed" }];
      await batch([email()]);
      await double.webhooks.idle();
      expect(got).toHaveLength(3);
      expect(new Set(got.map(({ id }) => id)).size).toBe(1);
      expect(double.webhooks.attempts().map(({ status }) => status)).toEqual([500, 500, 200]);
    });

    it("doubles notices on demand, under the same id", async () => {
      const got = await receive({ doubled: 1 });
      await batch([email()]);
      await double.webhooks.idle();
      expect(got).toHaveLength(4);
      expect(new Set(got.map(({ id }) => id)).size).toBe(2);
    });

    it("sends them out of order on demand", async () => {
      const got = await receive({ jitterMs: 60 });
      await batch(Array.from({ length: 20 }, () => email()));
      await double.webhooks.idle();
      const kinds = got.map(({ kind }) => kind);
      expect(kinds.filter((kind) => kind === "sent")).toHaveLength(20);
      expect(kinds.indexOf("delivered")).toBeLessThan(kinds.lastIndexOf("sent"));
    });

    it("sends them before the answer on demand", async () => {
      const got = await receive({ early: true });
      await batch([email()]);
      expect(got.map(({ kind }) => kind)).toEqual(["sent", "delivered"]);
    });

    it("holds them until they are released on demand", async () => {
      const got = await receive({ held: true });
      await batch([email()]);
      await double.webhooks.idle();
      expect(got).toEqual([]);
      await double.webhooks.release();
      expect(got.map(({ kind }) => kind)).toEqual(["sent", "delivered"]);
    });

    it("tells any story that a test wants", async () => {
      const got = await receive();
      double.settings.addresses = [{ match: ".", as: "silent" }];
      const { data } = await batch([email()]);
      const id = data?.data[0]?.id ?? "";
      await double.emit({ id, type: "email.delivered", at: now - 5000, noticeId: "msg_late" });
      expect(got).toEqual([{ id: "msg_late", kind: "delivered", at: now - 5000, tags: {} }]);
    });
  });

  describe("going wrong", () => {
    it("draws the same faults for the same seed", async () => {
      const plan: RandomFaults = {
        seed: 7,
        faults: [
          { fault: { kind: "badGateway", accepted: true }, share: 0.3 },
          { fault: { kind: "error500", accepted: false }, share: 0.3 },
        ],
      };
      const run = async () => {
        double.faults.random(plan);
        const statuses = [];
        for (let n = 0; n < 20; n++) statuses.push((await batch([email()])).error?.statusCode ?? 200);
        return statuses;
      };
      const first = await run();
      expect(await run()).toEqual(first);
      expect(new Set(first)).toEqual(new Set([200, 500, 502]));
    });

    it("answers any status that a test wants, and then goes on", async () => {
      double.faults.next({ kind: "status", status: 451, name: "security_error" }, null);
      expect((await batch([email()])).error).toMatchObject({ statusCode: 451, name: "security_error" });
      expect((await batch([email()])).error).toBeNull();
      expect(double.counts().accepted).toBe(1);
    });
  });

  describe("for a benchmark", () => {
    it("counts addresses without parsing, and finds just the recipients", async () => {
      await start({ bench: true });
      const html = '<p title=",&quot;to&quot;:">write to "a@b.c", {"to":"x@example.net"}</p>';
      const emails = Array.from({ length: 100 }, (_, n) => email({ to: `r${n}@example.com`, html, text: html }));
      const { data } = await batch(emails, "key");
      await batch(emails, "key");
      expect(data?.data).toHaveLength(100);
      expect(double.counts()).toMatchObject({ accepted: 100, addresses: 100, duplicated: 0 });
      expect([...double.perAddress()][99]).toEqual(["r99@example.com", 1]);
    });
  });

  it("runs as a process of its own, driven over HTTP", async () => {
    const remote = await spawnResendDouble({ rateLimit: null });
    try {
      const there = new Resend("re_test", { baseUrl: remote.url });
      await remote.faults({ next: [{ kind: "reset" }] });
      expect((await there.batch.send([email()], { idempotencyKey: "key" })).error?.statusCode).toBeNull();
      expect((await there.batch.send([email()], { idempotencyKey: "key" })).error).toBeNull();
      expect(await remote.counts()).toMatchObject({ accepted: 1, replayed: 1 });
      expect(await remote.acceptedFor("reader@example.com")).toBe(1);
      for await (const message of remote.messages()) {
        expect(message).toMatchObject({ to: "reader@example.com", key: "key" });
      }
      await remote.change({ apiKeys: {} });
      expect((await there.emails.send(email())).error?.statusCode).toBe(403);
      await remote.reset();
      expect((await remote.counts()).accepted).toBe(0);
    } finally {
      await remote.close();
    }
  });
});
