import { afterEach, describe, expect, inject, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { deliverBatch } from "../../src/delivery/index.ts";
import {
  cancelDigest,
  draftDigest,
  getDigest,
  pauseDigest,
  planDigest,
  resumeDigest,
  retryDigest,
  sendDigest,
} from "../../src/digests/index.ts";
import type { SendOutcome } from "../../src/mail/mailer.ts";
import { createResendMailer } from "../../src/mail/resend.ts";
import type { Queue } from "../../src/queue/queue.ts";
import { refuseRequest, requestSubscription, takeRequest } from "../../src/subscribers/index.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { type TestContext, testClock, testContext } from "../support/context.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { type Fault, type ResendDouble, type Settings, startResendDouble } from "../support/resend-double/index.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const REFUSED: Fault = { kind: "status", status: 422, name: "validation_error" };

type World = TestContext & { resend: ResendDouble; uid: string };

/** A digest about one article, triggered for so many readers, and the provider's double behind it. */
async function sending(count: number, settings: Partial<Settings> = {}, engine = "sqlite"): Promise<World> {
  const clock = testClock();
  const resend = await startResendDouble({ rateLimit: null, clock, ...settings });
  closing.push(resend.close);
  const mailer = createResendMailer({ apiKey: "re_test", baseUrl: resend.url, clock });
  const env: Record<string, string> = { SEND_TIMEOUT_SECONDS: "1" };
  if (engine === "postgres") env.DATABASE_URL = await freshDatabaseUrl(inject);
  const world = await testContext({ clock, mailer, env });
  closing.push(world.close);
  await addReaders(world.ctx, manyAddresses(count));
  await takeIn(world.ctx, { html: articlePage(), url: "https://calm.example/morning-light" });
  world.jobs.length = 0;
  const { uid } = await draftDigest(world.ctx, {});
  await sendDigest(world.ctx, uid);
  return { ...world, resend, uid };
}

const countsOf = async ({ ctx, uid }: World) => (await getDigest(ctx, uid)).counts;

async function expectExactlyOnce(world: World, count: number) {
  for (const address of manyAddresses(count)) expect(world.resend.acceptedFor(address)).toBe(1);
  expect(world.resend.counts().accepted).toBe(count);
  const report = await getDigest(world.ctx, world.uid);
  expect(report.status).toBe("sent");
  expect(report.counts).toMatchObject({ candidates: count, queued: 0, unknown: 0, failed: 0 });
}

describe.each(["sqlite", "postgres"])("delivering a digest on %s", (engine) => {
  it("hands over batches of a hundred, each reader once, and is sent when all are accounted for", async () => {
    const world = await sending(250, {}, engine);
    await world.work();
    await expectExactlyOnce(world, 250);
    expect(world.resend.counts().requests).toBe(3);
    expect(await countsOf(world)).toMatchObject({ submitted: 250, excluded: {} });
  });

  const taken: [string, Fault][] = [
    ["a 200 that breaks off", { kind: "cut" }],
    ["a 200 that is a page", { kind: "garbled" }],
    ["a 200 that names one id too few", { kind: "short" }],
    ["a connection that breaks after the provider took it", { kind: "reset" }],
    ["a connection that breaks before the provider took it", { kind: "resetBefore" }],
    ["no answer within the time-out", { kind: "stall" }],
    ["a 502 page, taken", { kind: "badGateway", accepted: true }],
    ["a 502 page, not taken", { kind: "badGateway", accepted: false }],
    ["a 500, taken", { kind: "error500", accepted: true }],
    ["a 500, not taken", { kind: "error500", accepted: false }],
    ["a key still in use", { kind: "status", status: 409, name: "concurrent_idempotent_requests" }],
    [
      "too many requests",
      { kind: "status", status: 429, name: "rate_limit_exceeded", headers: { "retry-after": "3" } },
    ],
  ];
  it.each(taken)("survives %s: same bytes, same key, once", async (_, fault) => {
    const world = await sending(120, {}, engine);
    world.resend.faults.next(fault, fault);
    await world.work();
    await expectExactlyOnce(world, 120);
    for (const { hash, requests } of world.resend.perKey().values())
      expect([hash.length > 0, requests > 0]).toEqual([true, true]);
  });
});

describe("a batch", () => {
  it("that two workers deliver at once is sent once", async () => {
    const world = await sending(60);
    await planDigest(world.ctx, 1);
    await Promise.all([1, 2, 3, 4].map(() => deliverBatch(world.ctx, 1)));
    await world.work();
    await expectExactlyOnce(world, 60);
    expect(world.resend.counts().requests).toBe(1);
  });

  it("refused for one address is split until that address stands alone, and fails with the provider's words", async () => {
    const world = await sending(100, { addresses: [{ match: "^reader42@", as: "refused" }] });
    await world.work();
    expect(world.resend.counts().accepted).toBe(99);
    expect(world.resend.acceptedFor("reader42@example.org")).toBe(0);
    expect(await countsOf(world)).toMatchObject({ submitted: 99, failed: 1 });
    const failed = await world.ctx.db.selectFrom("delivery").selectAll().where("status", "=", "failed").execute();
    expect(failed[0]?.reason).toMatch(/422/);
    expect(failed[0]?.reason).not.toContain("reader42");
  });

  it("is tried again only for the failed, when an editor asks", async () => {
    const world = await sending(100, { addresses: [{ match: "^reader42@", as: "refused" }] });
    await world.work();
    world.resend.settings.addresses = [];
    expect(await retryDigest(world.ctx, world.uid)).toEqual({ retried: 1 });
    await world.work();
    await expectExactlyOnce(world, 100);
    expect(await retryDigest(world.ctx, world.uid)).toEqual({ retried: 0 });
  });

  it("leaves out whoever left or was suppressed before it froze, and says why", async () => {
    const world = await sending(10);
    await planDigest(world.ctx, 1);
    const index = world.ctx.vault.index("reader4@example.org");
    await world.ctx.db.updateTable("subscriber").set({ status: "unsubscribed" }).where("id", "=", 3).execute();
    await world.ctx.db
      .insertInto("suppression")
      .values({ address_index: index, reason: "complaint", created_at: 1 })
      .execute();
    await world.work();
    expect(world.resend.counts().accepted).toBe(8);
    expect(await countsOf(world)).toMatchObject({ candidates: 10, submitted: 8, skipped: 2 });
    const skipped = await world.ctx.db
      .selectFrom("delivery")
      .select("reason")
      .where("status", "=", "skipped")
      .orderBy("id")
      .execute();
    expect(skipped.map((row) => row.reason)).toEqual(["unsubscribed", "suppressed"]);
    expect((await getDigest(world.ctx, world.uid)).skippedBecause).toEqual({ unsubscribed: 1, suppressed: 1 });
  });

  it("sends the same bytes again although the reader changed address and the keys were rotated meanwhile", async () => {
    const world = await sending(1);
    world.resend.faults.next({ kind: "cut" });
    await planDigest(world.ctx, 1);
    expect(await deliverBatch(world.ctx, 1)).toMatchObject({ again: expect.any(Number) });
    const { rotateKeys } = await import("../../src/vault/index.ts");
    await rotateKeys(world.ctx);
    await world.ctx.db
      .updateTable("subscriber")
      .set({ address: world.ctx.vault.seal("moved@example.org") })
      .execute();
    await world.work();
    await expectExactlyOnce(world, 1);
    expect(world.resend.acceptedFor("moved@example.org")).toBe(0);
    expect(world.resend.counts().replayed).toBe(1);
  });

  it("keeps no address once the provider took it", async () => {
    const world = await sending(5);
    await world.work();
    expect(await world.ctx.db.selectFrom("frozen_batch").selectAll().execute()).toEqual([]);
  });

  it("whose outcome stays unknown past the key's life goes to a person and is never sent again", async () => {
    const world = await sending(3);
    await planDigest(world.ctx, 1);
    world.resend.faults.next({ kind: "reset" });
    await deliverBatch(world.ctx, 1);
    world.clock.advance(24 * 3_600_000);
    await world.work();
    expect(await countsOf(world)).toMatchObject({ unknown: 3, queued: 0 });
    expect((await getDigest(world.ctx, world.uid)).status).toBe("sent");
    expect(world.resend.counts()).toMatchObject({ requests: 1, accepted: 3 });
    expect(await retryDigest(world.ctx, world.uid)).toEqual({ retried: 0 });
  });

  it("of a worker that died in the middle is taken over once its lease is over", async () => {
    const world = await sending(3);
    await planDigest(world.ctx, 1);
    const dying = { ...world.ctx, mailer: { ...world.ctx.mailer, send: () => Promise.reject(new Error("killed")) } };
    await expect(deliverBatch(dying, 1)).rejects.toThrow("killed");
    expect(await deliverBatch(world.ctx, 1)).toBeUndefined();
    expect(world.resend.counts().requests).toBe(0);
    world.clock.advance(10_000);
    await deliverBatch(world.ctx, 1);
    await expectExactlyOnce(world, 3);
  });
});

describe("a worker that hears its answer after another took its batch over", () => {
  /** The first worker's request is slow; the second's is taken, and it dies before it can say so. */
  async function overtaken(world: World, answer: SendOutcome): Promise<void> {
    const { ctx, clock } = world;
    await planDigest(ctx, 1);
    const dying = async (...args: Parameters<typeof ctx.mailer.send>) => {
      await ctx.mailer.send(...args);
      throw new Error("killed");
    };
    const slow = async () => {
      clock.advance(ctx.config.delivery.leaseMs + 1);
      const second = { ...ctx, mailer: { ...ctx.mailer, send: dying } };
      await expect(deliverBatch(second, 1)).rejects.toThrow("killed");
      return answer;
    };
    await deliverBatch({ ...ctx, mailer: { ...ctx.mailer, send: slow } }, 1);
  }

  it.each<SendOutcome>([
    { kind: "throttle", reason: "429", afterMs: 1000 },
    { kind: "refused", reason: "422" },
  ])("leaves it to the other, whose outcome is not known ($kind)", async (answer) => {
    const world = await sending(1);
    await overtaken(world, answer);
    world.clock.advance(25 * 3_600_000);
    world.jobs.push({ name: "sweep", key: "rows" });
    await world.work();
    expect(world.resend.counts()).toMatchObject({ requests: 1, accepted: 1 });
    expect(await countsOf(world)).toMatchObject({ unknown: 1, queued: 0, failed: 0 });
  });
});

describe("a provider that refuses everything", () => {
  it.each([
    ["a revoked key", { apiKeys: {} }, /API key/i],
    ["an unverified domain", { domains: ["other.example"] }, /domain/i],
    ["a spent quota", { dailyQuota: 0 }, /quota/i],
  ] as const)(
    "%s pauses the digest with the provider's words, and it goes on when mended",
    async (_, settings, words) => {
      const world = await sending(120, settings as unknown as Partial<Settings>);
      await world.work();
      const report = await getDigest(world.ctx, world.uid);
      expect([report.status, report.reason]).toEqual(["paused", expect.stringMatching(words)]);
      expect(world.resend.counts().accepted).toBe(0);
      Object.assign(world.resend.settings, { apiKeys: null, domains: null, dailyQuota: null });
      world.clock.advance(6 * 60_000);
      await resumeDigest(world.ctx, world.uid);
      await world.work();
      await expectExactlyOnce(world, 120);
    },
  );
});

describe("an editor's hand on a digest", () => {
  it("pauses before the next batch and goes on where it stopped", async () => {
    const world = await sending(250);
    await planDigest(world.ctx, 1);
    await deliverBatch(world.ctx, 1);
    await pauseDigest(world.ctx, world.uid);
    await world.work();
    expect(world.resend.counts().accepted).toBe(100);
    expect((await getDigest(world.ctx, world.uid)).status).toBe("paused");
    await resumeDigest(world.ctx, world.uid);
    await world.work();
    await expectExactlyOnce(world, 250);
  });

  it("cancels what was not handed over, and the next edition tells it", async () => {
    const world = await sending(250);
    await planDigest(world.ctx, 1);
    await deliverBatch(world.ctx, 1);
    await cancelDigest(world.ctx, world.uid);
    await world.work();
    expect(await countsOf(world)).toMatchObject({ candidates: 250, submitted: 100, skipped: 150, queued: 0 });
    const next = await draftDigest(world.ctx, {});
    await sendDigest(world.ctx, next.uid);
    await world.work();
    for (const address of manyAddresses(250)) expect(world.resend.acceptedFor(address)).toBe(1);
  });

  it("cancels during an attempt of which nothing is taken, and the next edition tells that as well", async () => {
    const world = await sending(2);
    await planDigest(world.ctx, 1);
    const busy = async () => {
      await cancelDigest(world.ctx, world.uid);
      return { kind: "throttle", reason: "429", afterMs: 1000 } as const;
    };
    await deliverBatch({ ...world.ctx, mailer: { ...world.ctx.mailer, send: busy } }, 1);
    world.clock.advance(10_000);
    world.jobs.push({ name: "sweep", key: "rows" });
    await world.work();
    expect(await countsOf(world)).toMatchObject({ skipped: 2, unknown: 0, queued: 0 });
    const next = await draftDigest(world.ctx, {});
    await sendDigest(world.ctx, next.uid);
    await world.work();
    for (const address of manyAddresses(2)) expect(world.resend.acceptedFor(address)).toBe(1);
  });

  it("triggers twice and sends once", async () => {
    const world = await sending(5);
    await Promise.all([sendDigest(world.ctx, world.uid), sendDigest(world.ctx, world.uid)]);
    await world.work();
    await sendDigest(world.ctx, world.uid);
    await world.work();
    await expectExactlyOnce(world, 5);
  });
});

describe("an edition decided while another digest is about to tell the same", () => {
  it("lets nobody miss it when that other is cancelled", async () => {
    const world = await sending(3);
    const { ctx } = world;
    const picked = await draftDigest(ctx, { events: [1] });
    await sendDigest(ctx, picked.uid);
    await planDigest(ctx, picked.id);
    await planDigest(ctx, 1);
    expect(await countsOf(world)).toMatchObject({ candidates: 3, queued: 0, excluded: { "already-sent": 3 } });
    await cancelDigest(ctx, picked.uid);
    await world.work();
    expect(world.resend.counts().accepted).toBe(0);
    const last = await draftDigest(ctx, {});
    await sendDigest(ctx, last.uid);
    await world.work();
    for (const address of manyAddresses(3)) expect(world.resend.acceptedFor(address)).toBe(1);
  });
});

describe("a confirmation under way when its request is forgotten", () => {
  it("is not sent again, and its address is nowhere", async () => {
    const world = await sending(0);
    const { ctx } = world;
    await requestSubscription(ctx, { email: "ana@example.org" }, { form: "api", ip: null });
    await takeRequest(ctx, 1);
    world.resend.faults.next({ kind: "reset" });
    const { id } = await ctx.db.selectFrom("batch").select("id").executeTakeFirstOrThrow();
    await deliverBatch(ctx, id);
    const { uid } = await ctx.db.selectFrom("subscriber").select("uid").executeTakeFirstOrThrow();
    await refuseRequest(ctx, ctx.vault.makeToken({ purpose: "not-me", uid, issuedAt: ctx.clock() }));
    expect(await ctx.db.selectFrom("frozen_batch").selectAll().execute()).toEqual([]);
    world.clock.advance(60_000);
    await world.work();
    expect(world.resend.counts().requests).toBe(1);
  });
});

describe("planning", () => {
  it("renders once for readers who get the same, and goes on where a crash stopped it", async () => {
    const world = await sending(2500);
    let readings = 0;
    const dyingClock = () => {
      readings += 1;
      if (readings > 30) throw new Error("killed");
      return world.clock();
    };
    await expect(planDigest({ ...world.ctx, clock: dyingClock }, 1)).rejects.toThrow("killed");
    const before = await countsOf(world);
    expect(before.candidates).toBeGreaterThan(0);
    expect(before.candidates).toBeLessThan(2500);
    await world.work();
    await expectExactlyOnce(world, 2500);
    expect(await world.ctx.db.selectFrom("variant").select("id").execute()).toHaveLength(1);
    expect(world.resend.counts().requests).toBe(25);
  });

  it("by two processes at once decides every reader once", async () => {
    const world = await sending(2500, {}, "postgres");
    await Promise.all([planDigest(world.ctx, 1), planDigest(world.ctx, 1)]);
    await world.work();
    await expectExactlyOnce(world, 2500);
  });

  it("tells nobody an event twice, whatever digests it stands in", async () => {
    const world = await sending(20);
    await world.work();
    const sections = { ...MORNING_LIGHT, "Why light": "Other words altogether about the body clock and lamps." };
    await takeIn(world.ctx, {
      html: articlePage({ reviewed: "January 9, 2026", sections }),
      url: "https://calm.example/morning-light",
    });
    const picked = await draftDigest(world.ctx, { events: [1, 2] });
    await sendDigest(world.ctx, picked.uid);
    await world.work();
    const sequence = await draftDigest(world.ctx, {});
    await sendDigest(world.ctx, sequence.uid);
    await world.work();
    expect((await getDigest(world.ctx, picked.uid)).counts).toMatchObject({ submitted: 20 });
    expect((await getDigest(world.ctx, sequence.uid)).counts).toMatchObject({
      candidates: 20,
      excluded: { "already-sent": 20 },
    });
    const told = await world.ctx.db
      .selectFrom("delivery")
      .innerJoin("variant", "variant.id", "delivery.variant_id")
      .select("events")
      .distinct()
      .execute();
    expect(told.map((row) => row.events).sort()).toEqual(["[1]", "[2]"]);
  });

  it("tells no event twice when another digest with it starts while the first is being planned", async () => {
    const world = await sending(2500);
    const [plan] = world.jobs.splice(0);
    let between = async () => {
      between = async () => undefined;
      const picked = await draftDigest(world.ctx, { events: [1] });
      await sendDigest(world.ctx, picked.uid);
      const start = world.jobs.find((job) => job.name === "plan-digest");
      await planDigest(world.ctx, Number(start?.key));
    };
    const queue: Queue = {
      ...world.ctx.queue,
      addMany: async (jobs, options) => {
        await world.ctx.queue.addMany(jobs, options);
        await between();
      },
    };
    await planDigest({ ...world.ctx, queue }, Number(plan?.key));
    await world.work();
    for (const address of manyAddresses(2500)) expect(world.resend.acceptedFor(address)).toBe(1);
  });

  it("sends nothing again to whom another digest told it after it had failed", async () => {
    const world = await sending(2);
    world.resend.faults.next(REFUSED, REFUSED, REFUSED);
    await world.work();
    expect(await countsOf(world)).toMatchObject({ failed: 2 });
    const [reader] = await world.ctx.db.selectFrom("subscriber").select("id").orderBy("id").execute();
    await world.ctx.db
      .updateTable("subscriber")
      .set({ cadence: "daily" })
      .where("id", "=", reader?.id ?? 0)
      .execute();
    const picked = await draftDigest(world.ctx, { events: [1], cadence: "daily" });
    await sendDigest(world.ctx, picked.uid);
    await world.work();
    expect(await retryDigest(world.ctx, world.uid)).toEqual({ retried: 1 });
    await world.work();
    for (const address of manyAddresses(2)) expect(world.resend.acceptedFor(address)).toBe(1);
  });

  it("sends again only what of it nobody else told meanwhile", async () => {
    const world = await sending(1);
    await takeIn(world.ctx, { html: articlePage({ title: "Evening calm" }), url: "https://calm.example/evening" });
    const both = await draftDigest(world.ctx, { events: [1, 2] });
    await cancelDigest(world.ctx, world.uid);
    world.resend.faults.next(REFUSED);
    await sendDigest(world.ctx, both.uid);
    await world.work();
    const one = await draftDigest(world.ctx, { events: [1] });
    await sendDigest(world.ctx, one.uid);
    await world.work();
    expect(await retryDigest(world.ctx, both.uid)).toEqual({ retried: 1 });
    await world.work();
    const said = world.resend.messages().map(({ email }) => email?.text ?? "");
    expect(said.map((text) => [text.includes("Morning light"), text.includes("Evening calm")])).toEqual([
      [true, false],
      [false, true],
    ]);
  });
});
