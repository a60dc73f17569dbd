import { afterEach, describe, expect, it } from "vitest";
import type { Mailer } from "../../src/mail/mailer.ts";
import { createSmtpMailer } from "../../src/mail/smtp.ts";
import { type SmtpFault, type SmtpSink, startSmtpSink } from "../support/smtp-sink.ts";
import { sampleMessage } from "./samples.ts";

describe("sending by SMTP", () => {
  const open: (() => Promise<void>)[] = [];
  afterEach(async () => {
    for (const close of open.splice(0)) await close();
  });

  async function start(login?: { user: string; pass: string }): Promise<{ sink: SmtpSink; mailer: Mailer }> {
    const sink = await startSmtpSink(login ? { login } : {});
    const mailer = createSmtpMailer({ url: sink.url, dkim: null, clock: Date.now });
    open.push(mailer.close, sink.close);
    return { sink, mailer };
  }
  const send = (mailer: Mailer, timeoutMs = 2000) =>
    mailer.send([sampleMessage()], { idempotencyKey: "batch-1", timeoutMs });

  it.each<[string, SmtpFault, string]>([
    ["a recipient refused for good", { at: "recipient", does: "refuse", code: 550 }, "refused"],
    ["a recipient refused for now", { at: "recipient", does: "refuse", code: 450 }, "retry"],
    ["a content refused for good", { at: "content", does: "refuse", code: 554 }, "refused"],
    ["a content refused for now", { at: "content", does: "refuse", code: 451 }, "retry"],
    ["a sender refused for good", { at: "sender", does: "refuse", code: 550 }, "halt"],
    ["a sender refused for now", { at: "sender", does: "refuse", code: 451 }, "retry"],
    ["a message too big for the server", { at: "sender", does: "refuse", code: 552 }, "refused"],
    ["a connection that breaks before the content", { at: "recipient", does: "drop" }, "retry"],
    ["a connection that breaks after the content", { at: "content", does: "drop" }, "unknown"],
    ["no answer before the content", { at: "recipient", does: "stall" }, "retry"],
    ["no answer after the content", { at: "content", does: "stall" }, "unknown"],
  ])("calls %s by its name", async (_, fault, kind) => {
    const { sink, mailer } = await start();
    sink.fault = fault;
    const outcome = await send(mailer, 500);
    expect(outcome).toMatchObject({ kind });
    expect(JSON.stringify(outcome)).not.toMatch(/reader@example\.com|letters@example\.org/);
  });

  it("never hands over again by itself what may have been taken", async () => {
    const { sink, mailer } = await start();
    sink.fault = { at: "content", does: "drop" };
    await send(mailer);
    sink.fault = null;
    await new Promise((go) => setTimeout(go, 300));
    expect(sink.arrived).toHaveLength(1);
  });

  it("sends nothing more after it gave up waiting", async () => {
    const { sink, mailer } = await start();
    sink.fault = { at: "recipient", does: "stall" };
    await send(mailer, 200);
    sink.fault = null;
    await new Promise((go) => setTimeout(go, 300));
    expect(sink.arrived).toEqual([]);
  });

  it("uses one connection for many messages, and a new one when the server has closed it", async () => {
    const { sink, mailer } = await start();
    for (let n = 0; n < 5; n++) expect(await send(mailer)).toMatchObject({ kind: "accepted" });
    expect(sink.connections()).toBe(1);
    sink.breakConnections();
    await new Promise((go) => setTimeout(go, 50));
    expect(await send(mailer)).toMatchObject({ kind: "accepted" });
    expect(sink.connections()).toBe(2);
  });

  it("sends several messages side by side", async () => {
    const { sink, mailer } = await start();
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => send(mailer)));
    expect(outcomes.every((one) => one.kind === "accepted")).toBe(true);
    expect(sink.arrived).toHaveLength(8);
  });

  it("gives the message the Message-ID of its row, so that receivers can fold a double", async () => {
    const { sink, mailer } = await start();
    expect(await send(mailer)).toEqual({ kind: "accepted", ids: ["<0f3a.17@example.org>"] });
    expect(sink.arrived[0]?.toString()).toContain("\r\nMessage-ID: <0f3a.17@example.org>\r\n");
  });

  it("logs in when the URL says who, and stops everything when the server does not agree", async () => {
    const { sink, mailer } = await start({ user: "desk", pass: "right" });
    expect(await send(mailer)).toMatchObject({ kind: "accepted" });
    const wrong = createSmtpMailer({ url: sink.url.replace("right", "wrong"), dkim: null, clock: Date.now });
    open.unshift(wrong.close);
    expect(await send(wrong)).toMatchObject({ kind: "halt" });
    await expect(wrong.check()).rejects.toThrow("[mail] [smtp]");
  });

  it("refuses an URL that is none", () => {
    expect(() => createSmtpMailer({ url: "smtp", dkim: null, clock: Date.now })).toThrow("SMTP_URL");
  });

  it("takes no longer than it was given, connecting included", async () => {
    const { sink, mailer } = await start();
    sink.fault = { at: "recipient", does: "stall" };
    const began = performance.now();
    await send(mailer, 300);
    expect(performance.now() - began).toBeLessThan(900);
  });
});
