import { pino } from "pino";
import { afterEach, describe, expect, inject, it } from "vitest";
import {
  applyEvent,
  deliverEditorMail,
  leaveEditorMails,
  recordEvent,
  sweepDelivery,
} from "../../src/delivery/index.ts";
import {
  addEditor,
  authenticate,
  type Editor,
  readReminders,
  remindOfReviews,
  revokeEditor,
  stopReminders,
  wishReminders,
  wishRemindersFor,
} from "../../src/editors/index.ts";
import { monthDue } from "../../src/editors/month-due.ts";
import type { ProviderEventKind } from "../../src/mail/provider-event.ts";
import { createResendMailer } from "../../src/mail/resend.ts";
import { createSmtpMailer } from "../../src/mail/smtp.ts";
import { rotateKeys } from "../../src/vault/index.ts";
import { storeArticles } from "../support/articles.ts";
import { type TestContext, type TestContextOptions, testClock, testContext } from "../support/context.ts";
import { type Fault, type ResendDouble, type Settings, startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { startSmtpSink } from "../support/smtp-sink.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const ANA = "ana@newsroom.example";
const MAY_FIRST = Date.UTC(2026, 4, 1, 8);
const HOUR = 3_600_000;

type World = TestContext & { resend: ResendDouble; ana: Editor };

async function editor({ ctx }: TestContext, name: string): Promise<Editor> {
  const { key } = await addEditor(ctx, { name, role: "viewer" });
  return (await authenticate(ctx, key)) as Editor;
}

/** An editor who asked for reminders in April 2026, one article that is due, and the clock at May's hour. */
async function newsroom(settings: Partial<Settings> = {}, options: TestContextOptions = {}): Promise<World> {
  const clock = testClock(Date.UTC(2026, 3, 20));
  const resend = await startResendDouble({ rateLimit: null, clock, keep: "full", ...settings });
  closing.push(resend.close);
  const mailer = createResendMailer({ apiKey: "re_test", baseUrl: resend.url, clock });
  const world = await testContext({
    clock,
    mailer,
    ...options,
    env: { SEND_TIMEOUT_SECONDS: "1", ...options.env },
  });
  closing.push(world.close);
  await storeArticles(world.ctx, [{ slug: "light", title: "Light", reviewedOn: "2024-03-01" }]);
  const ana = await editor(world, "Ana");
  await wishReminders(world.ctx, ana, { email: ANA });
  clock.set(MAY_FIRST);
  return { ...world, resend, ana };
}

async function ledger({ ctx }: TestContext) {
  return ctx.db.selectFrom("editor_mail").selectAll().orderBy("id").execute();
}

const subjects = ({ resend }: World) => resend.messages().map(({ email }) => email?.subject);

describe("a month's reminders come due", () => {
  it.each([
    ["UTC", "2026-05-01T07:59:59Z", "2026-04"],
    ["UTC", "2026-05-01T08:00:00Z", "2026-05"],
    ["UTC", "2026-05-31T23:00:00Z", "2026-05"],
    ["UTC", "2026-01-01T03:00:00Z", "2025-12"],
    ["Europe/Madrid", "2026-05-01T05:59:00Z", "2026-04"],
    ["Europe/Madrid", "2026-05-01T06:00:00Z", "2026-05"],
    ["America/Los_Angeles", "2026-05-01T08:00:00Z", "2026-04"],
    ["Pacific/Kiritimati", "2026-04-30T18:00:00Z", "2026-05"],
  ])("on its first day at the sending hour: in %s at %s the latest is %s", (timezone, now, month) => {
    expect(monthDue(timezone, Date.parse(now), 8)).toBe(month);
  });
});

describe.each(["sqlite", "postgres"])("the monthly reminder, on %s", (engine) => {
  const open = async (settings: Partial<Settings> = {}) => {
    const env: Record<string, string> = engine === "postgres" ? { DATABASE_URL: await freshDatabaseUrl(inject) } : {};
    return newsroom(settings, { env });
  };

  it("is sent once a month, however often and in however many processes it is built", async () => {
    const world = await open();
    await Promise.all([remindOfReviews(world.ctx), remindOfReviews(world.ctx), remindOfReviews(world.ctx)]);
    await world.work();
    await remindOfReviews(world.ctx);
    await world.work();
    expect(world.resend.acceptedFor(ANA)).toBe(1);
    expect(subjects(world)).toEqual(["1 article is due for review"]);
    world.clock.set(Date.UTC(2026, 5, 1, 8));
    await remindOfReviews(world.ctx);
    await world.work();
    expect(world.resend.acceptedFor(ANA)).toBe(2);
    expect((await ledger(world)).map(({ about, status }) => [about, status])).toEqual([
      ["2026-05", "submitted"],
      ["2026-06", "submitted"],
    ]);
  });

  it.each<[string, Fault]>([
    ["a 200 that breaks off", { kind: "cut" }],
    ["a connection that breaks after the provider took it", { kind: "reset" }],
    ["a connection that breaks before the provider took it", { kind: "resetBefore" }],
    ["no answer within the time-out", { kind: "stall" }],
    ["a 500, not taken", { kind: "error500", accepted: false }],
    [
      "too many requests",
      { kind: "status", status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "3" } },
    ],
  ])("survives %s: same bytes, same key, once", async (_, fault) => {
    const world = await open();
    world.resend.faults.next(fault, fault);
    await remindOfReviews(world.ctx);
    const [mail] = await ledger(world);
    await storeArticles(world.ctx, [{ slug: "another", reviewedOn: "2020-01-01" }]);
    await world.work();
    expect(world.resend.acceptedFor(ANA)).toBe(1);
    expect([...world.resend.perKey().keys()]).toEqual([`editor-${mail?.uid}`]);
    expect(subjects(world)).toEqual(["1 article is due for review"]);
    expect(await ledger(world)).toMatchObject([{ status: "submitted", address: null, unsettled_since: null }]);
  });
});

describe("the monthly reminder", () => {
  it("names the articles and goes to the editor alone, with nothing of a reader's mail", async () => {
    const world = await newsroom();
    await remindOfReviews(world.ctx);
    await world.work();
    const [message] = world.resend.messages();
    expect(message?.to).toBe(ANA);
    expect(message?.email?.text).toContain(
      "Light\nhttps://calm.example/light\nLast reviewed March 1, 2024 · 26 months ago",
    );
    expect(Object.keys(message?.email?.headers ?? {})).toEqual(["Auto-Submitted"]);
    expect(JSON.stringify(message?.email)).not.toMatch(/unsubscribe|preferences/i);
    expect(message?.tags).toMatchObject({ delivery: "e1" });
  });

  it("names at most twenty and counts the others, in the editor's language", async () => {
    const world = await newsroom();
    await wishReminders(world.ctx, world.ana, { email: ANA, locale: "es" });
    const many = Array.from({ length: 24 }, (_, place) => ({ slug: `article-${place}`, reviewedOn: "2023-01-01" }));
    await storeArticles(world.ctx, many);
    await remindOfReviews(world.ctx);
    await world.work();
    const text = world.resend.messages()[0]?.email?.text ?? "";
    expect(subjects(world)).toEqual(["25 artículos están pendientes de revisión"]);
    expect(text.match(/calm\.example/g)).toHaveLength(20);
    expect(text).toContain("Y cinco artículos más.");
  });

  it("is not owed when nothing is due, and does not come late when something is later that month", async () => {
    const world = await newsroom();
    await storeArticles(world.ctx, [{ slug: "light", reviewedOn: "2026-04-01" }]);
    await remindOfReviews(world.ctx);
    await storeArticles(world.ctx, [{ slug: "other", reviewedOn: "2020-01-01" }]);
    world.clock.advance(5 * 24 * HOUR);
    await remindOfReviews(world.ctx);
    expect(await ledger(world)).toEqual([]);
  });

  it("is sent once after an outage, for the latest month", async () => {
    const world = await newsroom();
    world.clock.set(Date.UTC(2026, 7, 17));
    await remindOfReviews(world.ctx);
    await world.work();
    expect((await ledger(world)).map(({ about }) => about)).toEqual(["2026-08"]);
  });

  it("comes from next month on to whoever asks in the middle of one", async () => {
    const world = await newsroom();
    const ben = await editor(world, "Ben");
    await wishReminders(world.ctx, ben, { email: "ben@newsroom.example" });
    await remindOfReviews(world.ctx);
    await world.work();
    expect(world.resend.acceptedFor("ben@newsroom.example")).toBe(0);
    world.clock.set(Date.UTC(2026, 5, 1, 8));
    await remindOfReviews(world.ctx);
    await world.work();
    expect(world.resend.acceptedFor("ben@newsroom.example")).toBe(1);
  });

  it.each<[string, (world: World) => Promise<unknown>, string]>([
    ["no longer want it", ({ ctx, ana }) => stopReminders(ctx, ana), "not wanted"],
    ["hold no key any more", ({ ctx }) => revokeEditor(ctx, "Ana"), "not wanted"],
    [
      "must not be mailed",
      ({ ctx }) =>
        ctx.db
          .insertInto("suppression")
          .values({ address_index: ctx.vault.index(ANA), reason: "complaint", created_at: 1 })
          .execute(),
      "suppressed",
    ],
  ])("is not sent to those who %s by the time it is first tried", async (_, leave, reason) => {
    const world = await newsroom();
    await remindOfReviews(world.ctx);
    await leave(world);
    await world.work();
    expect(world.resend.counts().requests).toBe(0);
    expect(await ledger(world)).toMatchObject([{ status: "skipped", reason, address: null }]);
  });

  it("is not inherited by whoever gets a revoked editor's name", async () => {
    const world = await newsroom();
    await revokeEditor(world.ctx, "Ana");
    const other = await editor(world, "Ana");
    expect(await readReminders(world.ctx, other)).toEqual({ email: null, locale: null });
    await remindOfReviews(world.ctx);
    expect(await ledger(world)).toEqual([]);
  });

  it("fails with the provider's words when it is refused, and says no address", async () => {
    const world = await newsroom({ addresses: [{ match: "^ana@", as: "refused" }] });
    await remindOfReviews(world.ctx);
    await world.work();
    const [mail] = await ledger(world);
    expect(mail).toMatchObject({ status: "failed", reason: expect.stringMatching(/422/), address: null });
    expect(mail?.reason).not.toMatch(/ana@/i);
  });

  it("waits while the provider refuses everything, and goes out once when that is mended", async () => {
    const world = await newsroom({ dailyQuota: 0 });
    await remindOfReviews(world.ctx);
    expect(await deliverEditorMail(world.ctx, 1)).toEqual({ again: 5 * 60_000 });
    expect(await ledger(world)).toMatchObject([{ status: "queued", unsettled_since: null }]);
    expect(await deliverEditorMail(world.ctx, 1)).toEqual({ again: 5 * 60_000 });
    world.resend.settings.dailyQuota = null;
    await world.work();
    expect(world.resend.acceptedFor(ANA)).toBe(1);
  });

  it("whose outcome stays unknown past the key's life goes to a person and is never sent again", async () => {
    const world = await newsroom();
    world.resend.faults.next({ kind: "reset" });
    await remindOfReviews(world.ctx);
    await deliverEditorMail(world.ctx, 1);
    world.clock.advance(24 * HOUR);
    await world.work();
    expect(await ledger(world)).toMatchObject([{ status: "unknown" }]);
    expect(world.resend.counts()).toMatchObject({ requests: 1, accepted: 1 });
  });

  it("of unknown outcome by SMTP goes to a person at once", async () => {
    const sink = await startSmtpSink();
    closing.push(sink.close);
    sink.fault = { at: "content", does: "drop" };
    const mailer = createSmtpMailer({ url: sink.url, dkim: null, clock: Date.now });
    closing.push(mailer.close);
    const world = await newsroom({}, { mailer });
    await remindOfReviews(world.ctx);
    await world.work();
    sink.fault = null;
    await world.work();
    expect(await ledger(world)).toMatchObject([{ status: "unknown", attempts: 1 }]);
    expect(sink.arrived).toHaveLength(1);
  });

  it("of a worker that died in the middle is taken over once its lease is over, by the sweep", async () => {
    const world = await newsroom();
    await remindOfReviews(world.ctx);
    const dying = { ...world.ctx, mailer: { ...world.ctx.mailer, send: () => Promise.reject(new Error("killed")) } };
    await expect(deliverEditorMail(dying, 1)).rejects.toThrow("killed");
    world.jobs.length = 0;
    expect(await deliverEditorMail(world.ctx, 1)).toBeUndefined();
    world.clock.advance(10_000);
    await sweepDelivery(world.ctx);
    expect(world.jobs).toEqual([{ name: "editor-mail", key: "1" }]);
    await world.work();
    expect(world.resend.acceptedFor(ANA)).toBe(1);
  });

  it("whose job was lost is found by the sweep", async () => {
    const world = await newsroom();
    await remindOfReviews(world.ctx);
    world.jobs.length = 0;
    world.clock.advance(10_000);
    await sweepDelivery(world.ctx);
    await world.work();
    expect(world.resend.acceptedFor(ANA)).toBe(1);
  });

  it("sends the same bytes to the same address although the editor moved and the keys were rotated meanwhile", async () => {
    const world = await newsroom();
    world.resend.faults.next({ kind: "cut" });
    await remindOfReviews(world.ctx);
    await deliverEditorMail(world.ctx, 1);
    expect(await rotateKeys(world.ctx)).toEqual({ addresses: 1 });
    await wishReminders(world.ctx, world.ana, { email: "moved@newsroom.example" });
    await world.work();
    expect([world.resend.acceptedFor(ANA), world.resend.counts().replayed]).toEqual([1, 1]);
    expect(world.resend.acceptedFor("moved@newsroom.example")).toBe(0);
  });

  it("that was under way when a backup was made goes to a person after a restore", async () => {
    const world = await newsroom();
    await remindOfReviews(world.ctx);
    expect(await leaveEditorMails(world.ctx, "restored")).toBe(1);
    await world.work();
    expect(world.resend.counts().requests).toBe(0);
    expect(await ledger(world)).toMatchObject([{ status: "unknown", reason: "restored" }]);
  });
});

describe("a provider's notice about a reminder", () => {
  const tell = async ({ ctx }: World, kind: ProviderEventKind, uid: string) => {
    const event = { id: `msg_${kind}`, kind, at: ctx.clock(), providerId: "p1", detail: null };
    await recordEvent(ctx, { ...event, tags: { mail: uid, delivery: "e1" } });
    await applyEvent(ctx, 1);
  };

  it("settles one of unknown outcome", async () => {
    const world = await newsroom();
    world.resend.faults.next({ kind: "reset" });
    await remindOfReviews(world.ctx);
    await deliverEditorMail(world.ctx, 1);
    await tell(world, "delivered", (await ledger(world))[0]?.uid ?? "");
    await world.work();
    expect(await ledger(world)).toMatchObject([{ status: "submitted", unsettled_since: null }]);
    expect(world.resend.counts().requests).toBe(1);
  });

  it("about a bounce or a complaint ends the reminders for that address", async () => {
    const world = await newsroom();
    await remindOfReviews(world.ctx);
    await world.work();
    await tell(world, "bounced", (await ledger(world))[0]?.uid ?? "");
    expect(await ledger(world)).toMatchObject([{ status: "failed" }]);
    expect(await readReminders(world.ctx, world.ana)).toEqual({ email: null, locale: null });
    await wishReminders(world.ctx, world.ana, { email: ANA });
    world.clock.set(Date.UTC(2026, 5, 1, 8));
    await remindOfReviews(world.ctx);
    await world.work();
    expect(world.resend.acceptedFor(ANA)).toBe(1);
  });

  it("with another mail's id changes nothing", async () => {
    const world = await newsroom();
    await remindOfReviews(world.ctx);
    await world.work();
    await tell(world, "bounced", "0123456789abcdef0123456789abcdef");
    expect(await ledger(world)).toMatchObject([{ status: "submitted" }]);
  });
});

describe("an editor's address", () => {
  it("is in no job, no log line and no clear column", async () => {
    const lines: string[] = [];
    const log = pino({ level: "trace" }, { write: (line: string) => void lines.push(line) });
    const world = await newsroom({ addresses: [{ match: "^ana@", as: "refused" }] }, { log });
    world.resend.faults.next({ kind: "stall" });
    await remindOfReviews(world.ctx);
    const jobs = JSON.stringify(world.jobs);
    await world.work();
    const editors = await world.ctx.db.selectFrom("editor").selectAll().execute();
    const kept = JSON.stringify([...editors, ...(await ledger(world))], (_, value) =>
      value?.type === "Buffer" ? Buffer.from(value.data).toString("latin1") : value,
    );
    for (const text of [jobs, lines.join(""), kept]) expect(text).not.toMatch(/ana@|newsroom/i);
    expect(await readReminders(world.ctx, world.ana)).toEqual({ email: ANA, locale: "en" });
  });

  it("is encrypted anew when keys are rotated", async () => {
    const world = await newsroom();
    const sealed = async () => {
      const row = await world.ctx.db.selectFrom("editor").select("reminder_address").executeTakeFirstOrThrow();
      return Buffer.from(row.reminder_address ?? []).toString("hex");
    };
    const before = await sealed();
    expect(await rotateKeys(world.ctx)).toEqual({ addresses: 1 });
    expect((await sealed()).slice(0, 8)).not.toBe(before.slice(0, 8));
    expect(await readReminders(world.ctx, world.ana)).toMatchObject({ email: ANA });
  });

  it("is refused when it is none, and so is the wish of a name that nobody has", async () => {
    const world = await newsroom();
    await expect(wishReminders(world.ctx, world.ana, { email: "ana" })).rejects.toMatchObject({ code: "invalid" });
    await expect(wishRemindersFor(world.ctx, "Nobody", { email: ANA })).rejects.toMatchObject({ code: "not-found" });
  });
});
