import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Mailer, OutgoingMessage } from "../../src/mail/mailer.ts";
import { sampleMessage } from "../mail/samples.ts";

/** A message as the far side has it; header names in lower case. */
export interface Arrived {
  to: string;
  subject: string;
  html: string;
  text: string;
  headers: Record<string, string>;
}

/** A transport with the far side in view. */
export interface MailerOnTrial {
  mailer: Mailer;
  /** What was truly taken, oldest first. */
  arrived(): Promise<Arrived[]>;
  /** An address that the far side refuses; null when this one refuses none. */
  refused: string | null;
  /** Makes the far side take the next message and never answer; null when it has no such side. */
  stall: (() => void) | null;
  /** Takes the far side away; null when it has none. */
  vanish: (() => Promise<void>) | null;
  close(): Promise<void>;
}

/** What a transport is like; says which sentences apply to it. */
export interface MailerTraits {
  open: () => Promise<MailerOnTrial>;
  /** There is a server on the other side, which may refuse, stall or be gone. */
  remote: boolean;
  /** Idempotency keys are understood. */
  keys: boolean;
}

const SOON = { timeoutMs: 5000 };

/** What every mail transport must do. */
export function mailerContract(name: string, { open, remote, keys }: MailerTraits): void {
  describe(`${name} as a mail transport`, () => {
    let trial: MailerOnTrial;
    const send = (messages: OutgoingMessage[], idempotencyKey = "batch-1", timeoutMs = SOON.timeoutMs) =>
      trial.mailer.send(messages, { idempotencyKey, timeoutMs });

    beforeEach(async () => {
      trial = await open();
    });
    afterEach(() => trial.close());

    it("takes a message and gives one id for it", async () => {
      const outcome = await send([sampleMessage()]);
      expect(outcome).toMatchObject({ kind: "accepted", ids: [expect.stringMatching(/./)] });
      expect(await trial.arrived()).toHaveLength(1);
    });

    it("brings recipient, subject, text and HTML over unchanged", async () => {
      const message = sampleMessage();
      await send([message]);
      const { to, subject, html, text } = message;
      expect(await trial.arrived()).toMatchObject([{ to, subject, html, text }]);
    });

    it("brings the unsubscribe headers over unbroken", async () => {
      const message = sampleMessage();
      await send([message]);
      const [arrived] = await trial.arrived();
      for (const [header, value] of Object.entries(message.headers)) {
        expect(arrived?.headers[header.toLowerCase()], header).toBe(value);
      }
    });

    it.each([
      ["subject", { subject: "Hello\r\nBcc: someone@example.net" }],
      ["sender", { from: "Letters\nBcc: someone@example.net <letters@example.org>" }],
      ["recipient", { to: "reader@example.com, someone@example.net" }],
      ["reply address", { replyTo: "desk@example.org\r\nBcc: someone@example.net" }],
      ["header value", { headers: { "List-Id": "<a.example.org>\r\nBcc: someone@example.net" } }],
      ["header name", { headers: { "X-One\r\nBcc": "someone@example.net" } }],
      ["NUL in the subject", { subject: "Hello\0" }],
    ])("refuses a header broken out of by the %s, and sends nothing", async (_, change) => {
      expect(await send([sampleMessage(change)])).toMatchObject({ kind: "refused" });
      expect(await trial.arrived()).toEqual([]);
    });

    it("names no address in the reason of a refusal", async () => {
      const outcome = await send([sampleMessage({ to: "quiet.reader@example.com\nBcc: b@example.net" })]);
      expect(outcome.kind).toBe("refused");
      expect(JSON.stringify(outcome)).not.toMatch(/quiet\.reader|example\.(com|net)/);
    });

    it("takes as many messages at once as it says, in their order, and no more", async () => {
      const count = trial.mailer.maxBatch;
      const batch = Array.from({ length: count }, (_, n) => sampleMessage({ to: `reader${n}@example.com` }));
      const outcome = await send(batch);
      expect(outcome.kind === "accepted" && new Set(outcome.ids).size).toBe(count);
      expect((await trial.arrived()).map((one) => one.to)).toEqual(batch.map((one) => one.to));
      await expect(send([...batch, sampleMessage()], "batch-2")).rejects.toThrow("hand-over");
    });

    it("can be checked without sending anything", async () => {
      await trial.mailer.check();
      expect(await trial.arrived()).toEqual([]);
    });

    if (keys) sentencesWithKeys(() => trial, send);
    else {
      it("says that it has no keys that protect a retry", () => {
        expect(trial.mailer.keyLifeMs).toBe(0);
      });
    }
    if (remote) sentencesOfRemotes(() => trial, send);
  });
}

type Send = (messages: OutgoingMessage[], idempotencyKey?: string, timeoutMs?: number) => ReturnType<Mailer["send"]>;

function sentencesWithKeys(trial: () => MailerOnTrial, send: Send): void {
  it("takes the same messages under the same key once, and answers the same", async () => {
    const batch = [sampleMessage(), sampleMessage({ to: "other@example.com" })];
    const first = await send(batch);
    expect(await send(batch)).toEqual(first);
    expect(await trial().arrived()).toHaveLength(2);
  });

  it("takes the same messages under another key again", async () => {
    await send([sampleMessage()], "batch-1");
    await send([sampleMessage()], "batch-2");
    expect(await trial().arrived()).toHaveLength(2);
  });

  it("calls other messages under a used key a mismatch, and does not send them", async () => {
    await send([sampleMessage()]);
    expect(await send([sampleMessage({ subject: "Another" })])).toMatchObject({ kind: "mismatch" });
    expect((await trial().arrived()).map((one) => one.subject)).toEqual([sampleMessage().subject]);
  });

  it("remembers a key for at least a day", () => {
    expect(trial().mailer.keyLifeMs).toBeGreaterThanOrEqual(24 * 3_600_000);
  });
}

function sentencesOfRemotes(trial: () => MailerOnTrial, send: Send): void {
  it("calls a message refused that the far side refuses, without naming the address", async () => {
    const outcome = await send([sampleMessage({ to: trial().refused ?? "" })]);
    expect(outcome).toMatchObject({ kind: "refused", reason: expect.stringMatching(/./) });
    expect(JSON.stringify(outcome)).not.toContain(trial().refused);
  });

  it("takes the next message after a refused one", async () => {
    await send([sampleMessage({ to: trial().refused ?? "" })]);
    expect(await send([sampleMessage()], "batch-2")).toMatchObject({ kind: "accepted" });
  });

  it("calls the outcome unknown when the answer does not come in time", async () => {
    trial().stall?.();
    const began = performance.now();
    expect(await send([sampleMessage()], "batch-1", 300)).toMatchObject({ kind: "unknown" });
    expect(performance.now() - began).toBeLessThan(3000);
    expect(await trial().arrived()).toHaveLength(1);
  });

  it("never claims that a message was taken when there is nobody to take it", async () => {
    await trial().vanish?.();
    const outcome = await send([sampleMessage()], "batch-1", 2000);
    expect(["retry", "unknown"]).toContain(outcome.kind);
  });

  it("fails its check when the far side is gone", async () => {
    await trial().vanish?.();
    await expect(trial().mailer.check()).rejects.toThrow(`[mail] [${trial().mailer.driver}]`);
  });
}
