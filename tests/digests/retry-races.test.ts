import { sql } from "kysely";
import { afterEach, describe, expect, it } from "vitest";
import { transaction } from "../../src/db/transaction.ts";
import { deliverBatch, finishIfDone, listUnknown } from "../../src/delivery/index.ts";
import { openEditionPress } from "../../src/digests/edition-press.ts";
import {
  cancelDigest,
  decideUnknown,
  getDigest,
  pauseDigest,
  planDigest,
  resumeDigest,
  retryDigest,
} from "../../src/digests/index.ts";
import { freezeEditions, wholeOf } from "../../src/digests/render-edition.ts";
import { getDigestRow } from "../../src/digests/send-digest.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { until } from "../support/until.ts";
import {
  closeWorlds,
  NOTHING,
  notice,
  openWorld,
  publish,
  refuse,
  send,
  start,
  statusOf,
  unaccounted,
  type World,
} from "./account-world.ts";

afterEach(closeWorlds);

const READER = "reader2@example.org";

/** A digest to three readers, of whom the second was refused. */
async function oneFailed(engine: string): Promise<World & { uid: string }> {
  const world = await openWorld(engine);
  await publish(world);
  await addReaders(world.ctx, manyAddresses(3));
  refuse(world, "reader2");
  const uid = await send(world);
  expect((await getDigest(world.ctx, uid)).counts).toMatchObject({ submitted: 2, failed: 1 });
  refuse(world);
  return { ...world, uid };
}

const accepted = ({ resend }: World) => manyAddresses(3).map((address) => resend.acceptedFor(address));
const statusAndCounts = async ({ ctx }: World, uid: string) => {
  const { status, counts } = await getDigest(ctx, uid);
  return { status, ...counts };
};

describe.each(["sqlite", "postgres"])("sending again to the failed on %s", (engine) => {
  it("twice at once sends once", async () => {
    const world = await oneFailed(engine);
    const results = await Promise.all([1, 2, 3].map(() => retryDigest(world.ctx, world.uid)));
    expect(results.map((one) => one.retried).sort()).toEqual([0, 0, 1]);
    await world.work();
    expect(accepted(world)).toEqual([1, 1, 1]);
    expect(await statusAndCounts(world, world.uid)).toMatchObject({ status: "sent", submitted: 3, failed: 0 });
    expect(await unaccounted(world, world.uid)).toEqual(NOTHING);
  });

  it("leaves out whose message arrived after all, and who left meanwhile is skipped", async () => {
    const world = await oneFailed(engine);
    await notice(world, world.uid, 1, "failed");
    await notice(world, world.uid, 1, "delivered");
    await notice(world, world.uid, 3, "delivered");
    await notice(world, world.uid, 3, "failed");
    expect([(await statusOf(world, 1)).status, (await statusOf(world, 3)).status]).toEqual(["delivered", "delivered"]);
    await world.ctx.db.updateTable("subscriber").set({ status: "unsubscribed" }).where("id", "=", 2).execute();
    expect(await retryDigest(world.ctx, world.uid)).toEqual({ retried: 1 });
    expect((await statusAndCounts(world, world.uid)).status).toBe("sending");
    await world.work();
    expect(accepted(world)).toEqual([1, 0, 1]);
    expect(await statusOf(world, 2)).toMatchObject({ status: "skipped", reason: "unsubscribed" });
    expect(await statusAndCounts(world, world.uid)).toMatchObject({ status: "sent", delivered: 2, skipped: 1 });
    expect(await unaccounted(world, world.uid)).toEqual(NOTHING);
  });

  it("waits for the answer of a batch that is under way, also for whom the provider said that it failed", async () => {
    const world = await openWorld(engine);
    await publish(world);
    await addReaders(world.ctx, manyAddresses(3));
    const uid = await start(world);
    await planDigest(world.ctx, 1);
    world.resend.faults.next({ kind: "reset" });
    await deliverBatch(world.ctx, 1);
    await notice(world, uid, 2, "failed");
    expect((await statusOf(world, 2)).status).toBe("failed");
    expect(await retryDigest(world.ctx, uid)).toEqual({ retried: 0 });
    world.clock.advance(60_000);
    await world.work();
    expect(accepted(world)).toEqual([1, 1, 1]);
    expect(await statusAndCounts(world, uid)).toMatchObject({ status: "sent", submitted: 2, failed: 1, unknown: 0 });
    expect(await retryDigest(world.ctx, uid)).toEqual({ retried: 1 });
    await world.work();
    expect(accepted(world)).toEqual([1, 2, 1]);
    expect(await unaccounted(world, uid)).toEqual(NOTHING);
  });

  it("hears of the former message only that it arrived", async () => {
    const world = await oneFailed(engine);
    await notice(world, world.uid, 1, "failed");
    const former = (await statusOf(world, 1)).provider_id ?? "";
    expect(await retryDigest(world.ctx, world.uid)).toEqual({ retried: 2 });
    await notice(world, world.uid, 1, "sent", former);
    await notice(world, world.uid, 1, "failed", former);
    expect((await statusOf(world, 1)).status).toBe("queued");
    const { reason } = await world.ctx.db
      .selectFrom("former_message")
      .select("reason")
      .where("delivery_id", "=", 2)
      .executeTakeFirstOrThrow();
    expect(reason).toContain("422");
    await notice(world, world.uid, 1, "delivered", former);
    await world.work();
    expect((await statusOf(world, 1)).status).toBe("delivered");
    expect(accepted(world)).toEqual([1, 1, 1]);
    expect(await unaccounted(world, world.uid)).toEqual(NOTHING);
  });

  it("while paused goes out when it goes on, and not before", async () => {
    const world = await openWorld(engine);
    await publish(world);
    await addReaders(world.ctx, manyAddresses(150));
    refuse(world, "reader2");
    const uid = await start(world);
    await planDigest(world.ctx, 1);
    world.jobs.length = 0;
    await deliverUntilFailed(world);
    await pauseDigest(world.ctx, uid);
    expect(await retryDigest(world.ctx, uid)).toEqual({ retried: 1 });
    refuse(world);
    await world.work();
    expect(world.resend.acceptedFor(READER)).toBe(0);
    expect((await statusAndCounts(world, uid)).status).toBe("paused");
    await resumeDigest(world.ctx, uid);
    await world.work();
    expect(world.resend.acceptedFor(READER)).toBe(1);
    expect(await statusAndCounts(world, uid)).toMatchObject({ status: "sent", submitted: 150, queued: 0 });
    expect(await unaccounted(world, uid)).toEqual(NOTHING);
  });
});

/** Hands over the first batch and what it is split into, until the refused reader stands alone and the others are known. */
async function deliverUntilFailed({ ctx }: World): Promise<void> {
  for (let turn = 0; turn < 20; turn += 1) {
    const failed = await ctx.db.selectFrom("delivery").select("id").where("status", "=", "failed").executeTakeFirst();
    if (failed) return;
    const part = await ctx.db
      .selectFrom("batch")
      .select("id")
      .where("status", "=", "queued")
      .where((eb) => eb.or([eb("id", "=", 1), eb("root_id", "is not", null)]))
      .executeTakeFirstOrThrow();
    await deliverBatch(ctx, part.id);
  }
}

describe.each(["sqlite", "postgres"])("what failed, on %s,", (engine) => {
  it("is told by the next edition when its own is cancelled", async () => {
    const world = await openWorld(engine);
    await publish(world);
    await addReaders(world.ctx, manyAddresses(150));
    refuse(world, "reader2");
    const uid = await start(world);
    await planDigest(world.ctx, 1);
    world.jobs.length = 0;
    await deliverUntilFailed(world);
    await cancelDigest(world.ctx, uid);
    refuse(world);
    await send(world);
    for (const address of manyAddresses(150)) expect(world.resend.acceptedFor(address)).toBe(1);
    expect(await unaccounted(world, uid)).toEqual(NOTHING);
  });

  it("by a late notice about a message sent before is taken back when the next one is accepted", async () => {
    const world = await openWorld(engine);
    await publish(world);
    await addReaders(world.ctx, manyAddresses(3));
    const uid = await start(world);
    await planDigest(world.ctx, 1);
    world.resend.faults.next({ kind: "reset" });
    await deliverBatch(world.ctx, 1);
    world.clock.advance(24 * 3_600_000);
    await world.work();
    const [unknown] = await listUnknown(world.ctx);
    await decideUnknown(world.ctx, unknown?.id ?? "", { decision: "send-again", by: "bootstrap" });
    const { ctx } = world;
    const send = async (...args: Parameters<typeof ctx.mailer.send>) => {
      await notice(world, uid, 2, "failed", "the first message");
      return ctx.mailer.send(...args);
    };
    const { id } = await ctx.db
      .selectFrom("batch")
      .select("id")
      .where("status", "=", "queued")
      .executeTakeFirstOrThrow();
    await deliverBatch({ ...ctx, mailer: { ...ctx.mailer, send } }, id);
    expect(await statusAndCounts(world, uid)).toMatchObject({ status: "sent", submitted: 3, failed: 0 });
    expect(await retryDigest(ctx, uid)).toEqual({ retried: 0 });
    expect(await unaccounted(world, uid)).toEqual(NOTHING);
  });
});

describe("a digest on PostgreSQL", () => {
  it("is not told what a retry, still under way, is about to tell", async () => {
    const world = await oneFailed("postgres");
    const { ctx } = world;
    const next = await start(world, { events: [1] });
    const digest = await getDigestRow(ctx, next);
    // Else planning would wait for the article that it renders, not for the readers.
    await freezeEditions(ctx, openEditionPress(digest), [wholeOf([1])]);
    let planning: Promise<void> | undefined;
    await transaction(ctx, async (tx) => {
      await retryDigest(tx, world.uid);
      planning = planDigest(ctx, digest.id);
      await until("planning to wait for the readers", async () => (await waiting(world)) > 0);
    });
    await planning;
    await world.work();
    expect(accepted(world)).toEqual([1, 1, 1]);
  });

  it("is not sent by who looked at its batches before a retry added one", async () => {
    const world = await oneFailed("postgres");
    const { ctx, uid } = world;
    await ctx.db.updateTable("digest").set({ status: "sending" }).execute();
    let finished: Promise<boolean> | undefined;
    await transaction(ctx, async (tx) => {
      await retryDigest(tx, uid);
      finished = transaction(ctx, (other) => finishIfDone(other, 1));
      await until("somebody waits for the digest", async () => (await waiting(world)) > 0);
    });
    expect(await finished).toBe(false);
    expect((await statusAndCounts(world, uid)).status).toBe("sending");
  });
});

async function waiting({ ctx }: World): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*) as count from pg_stat_activity
    where datname = current_database() and wait_event_type = 'Lock'`.execute(ctx.db);
  return Number(rows[0]?.count);
}
