import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Mailer, OutgoingMessage, SendOutcome } from "../../src/mail/mailer.ts";
import { createResendMailer } from "../../src/mail/resend.ts";
import { type Fault, type ResendDouble, startResendDouble } from "../support/resend-double/index.ts";
import { sampleMessage } from "./samples.ts";

describe("sending through Resend when things go wrong", () => {
  let double: ResendDouble;
  let mailer: Mailer;
  const send = (messages: OutgoingMessage[], timeoutMs = 2000): Promise<SendOutcome> =>
    mailer.send(messages, { idempotencyKey: "batch-1", timeoutMs });

  beforeEach(async () => {
    double = await startResendDouble({ rateLimit: null });
    mailer = createResendMailer({ apiKey: "re_test", baseUrl: double.url, clock: Date.now });
  });
  afterEach(() => double.close());

  it.each<[string, Fault, number]>([
    ["a 200 that breaks off", { kind: "cut" }, 1],
    ["a 200 that holds a page", { kind: "garbled" }, 1],
    ["a 200 that names too few ids", { kind: "short" }, 1],
    ["a connection broken after the taking", { kind: "reset" }, 1],
    ["a connection broken before the taking", { kind: "resetBefore" }, 0],
    ["a bad gateway after the taking", { kind: "badGateway", accepted: true }, 1],
    ["a bad gateway before the taking", { kind: "badGateway", accepted: false }, 0],
    ["a server error after the taking", { kind: "error500", accepted: true }, 1],
    ["a server error before the taking", { kind: "error500", accepted: false }, 0],
    ["no answer at all", { kind: "stall" }, 1],
    ["an answer that comes too late", { kind: "slow", ms: 600 }, 1],
  ])("%s is an unknown outcome, and the retry sends nothing twice", async (_, fault, taken) => {
    double.faults.next(fault);
    expect(await send([sampleMessage()], 300)).toMatchObject({ kind: "unknown" });
    const retried = await settled(() => send([sampleMessage()]));
    expect(retried).toMatchObject({ kind: "accepted" });
    expect(double.acceptedFor("reader@example.com")).toBe(1);
    expect(double.counts().replayed).toBe(taken);
  });

  it.each([
    [200, "{}"],
    [200, "null"],
    [200, '{"data":{"id":"x"}}'],
    [200, '{"data":[{"id":7}]}'],
    [200, '{"data":[null]}'],
    [403, '{"message":"Forbidden"}'],
    [429, '{"statusCode":"429","name":"rate_limit_exceeded","message":"later"}'],
    [500, "null"],
    [200, '{"statusCode":422,"name":"validation_error","message":"bad"}'],
  ])("an answer in no shape of the provider's is an unknown outcome: %i %s", async (status, body) => {
    double.faults.next({ kind: "answer", status, body });
    expect(await send([sampleMessage()])).toMatchObject({ kind: "unknown" });
  });

  it("is told to come back soon while an earlier attempt is still being worked on", async () => {
    double.faults.next({ kind: "slow", ms: 400 });
    const first = send([sampleMessage()]);
    await new Promise((go) => setTimeout(go, 100));
    expect(await send([sampleMessage()])).toMatchObject({ kind: "retry", afterMs: 1000 });
    expect(await first).toMatchObject({ kind: "accepted" });
  });

  it("keeps silent for as long as a 429 asks, and learns the limit from it", async () => {
    double.settings.rateLimit = { max: 1, perMs: 2000 };
    expect(await send([sampleMessage()])).toMatchObject({ kind: "accepted", limits: { max: 1, perMs: 2000 } });
    const second = await send([sampleMessage()]);
    expect(second).toMatchObject({ kind: "throttle", limits: { max: 1, perMs: 2000 } });
    expect(second.kind === "throttle" && second.afterMs).toBeGreaterThan(0);
  });

  it.each<[string, Partial<ResendDouble["settings"]>]>([
    ["a key it does not know", { apiKeys: {} }],
    ["a suspended key", { apiKeys: { re_test: "suspended" } }],
    ["a domain that is not verified", { domains: ["other.example"] }],
    ["a daily quota that is gone", { dailyQuota: 0 }],
    ["a monthly quota that is gone", { monthlyQuota: 0 }],
  ])("stops everything at %s", async (_, settings) => {
    Object.assign(double.settings, settings);
    expect(await send([sampleMessage()])).toMatchObject({ kind: "halt" });
    expect(double.counts().accepted).toBe(0);
  });

  it("refuses the whole batch for one bad address, and says nothing of whose", async () => {
    double.settings.addresses = [{ match: "^bad@", as: "refused" }];
    const outcome = await send([sampleMessage(), sampleMessage({ to: "bad@example.com" })]);
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringContaining("422 validation_error") });
    expect(outcome.kind === "refused" && outcome.reason).not.toContain("bad@");
    expect(double.counts().accepted).toBe(0);
  });

  it("sends the same bytes again, whatever the order in which a message's fields were set", async () => {
    double.faults.next({ kind: "reset" });
    const message = sampleMessage();
    await send([message]);
    const shuffled = Object.fromEntries(Object.entries(message).reverse()) as unknown as OutgoingMessage;
    expect(await send([shuffled])).toMatchObject({ kind: "accepted" });
  });

  it("passes tags and text on, so that notices find their delivery and no text is made up", async () => {
    await send([sampleMessage()]);
    const [taken] = double.messages();
    expect(taken).toMatchObject({ key: "batch-1", tags: { digest: "0f3a", delivery: "d17" } });
    expect(taken?.email?.text).toBe(sampleMessage().text);
  });

  it("passes its check with a key that may only send, and fails it with one that is not known", async () => {
    double.settings.apiKeys = { re_test: "sending" };
    await mailer.check();
    double.settings.apiKeys = {};
    await expect(mailer.check()).rejects.toThrow("[mail] [resend] 403 invalid_api_key");
  });
});

/** Tries again while an earlier request is still at work, as the queue would. */
async function settled(attempt: () => Promise<SendOutcome>): Promise<SendOutcome> {
  for (;;) {
    const outcome = await attempt();
    if (outcome.kind !== "retry") return outcome;
    await new Promise((go) => setTimeout(go, 50));
  }
}
