import fc from "fast-check";
import { afterEach, describe, expect, it } from "vitest";
import {
  audienceReport,
  auditLedgers,
  cancelDigest,
  correctArticle,
  getDigest,
  pauseDigest,
  planDigest,
  readerDigests,
  retryDigest,
} from "../../src/digests/index.ts";
import { packIds, unpackIds } from "../../src/digests/pack-ids.ts";
import { suppress } from "../../src/suppression/index.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import {
  closeWorlds,
  ledger,
  NOTHING,
  openWorld,
  publish,
  refuse,
  send,
  start,
  unaccounted,
  type World,
} from "./account-world.ts";

afterEach(closeWorlds);

const at = (name: string) => `${name}@example.org`;

async function uidOf({ ctx }: World, id: number): Promise<string> {
  const { uid } = await ctx.db.selectFrom("subscriber").select("uid").where("id", "=", id).executeTakeFirstOrThrow();
  return uid;
}

/** Why each reader did not get a digest, by the name of their address. */
async function reasons(world: World, uid: string, readers: Record<string, number>): Promise<Record<string, unknown>> {
  const lines = new Map((await ledger(world, uid)).map((line) => [line.subscriber, line]));
  const found: Record<string, unknown> = {};
  for (const [name, id] of Object.entries(readers)) {
    const line = lines.get(await uidOf(world, id));
    found[name] = line === undefined ? "no candidate" : [line.status, line.reason];
  }
  return found;
}

async function add({ ctx }: World, name: string, options: Parameters<typeof addReaders>[2] = {}): Promise<number> {
  const [id] = await addReaders(ctx, [at(name)], options);
  return id ?? 0;
}

async function leave({ ctx }: World, id: number): Promise<void> {
  const left = { status: "unsubscribed", left_at: ctx.clock() } as const;
  await ctx.db.updateTable("subscriber").set(left).where("id", "=", id).execute();
}

async function suppressReader({ ctx }: World, name: string): Promise<void> {
  await ctx.db.transaction().execute((db) => suppress({ ...ctx, db, hooks: [] }, ctx.vault.index(at(name)), "bounce"));
}

describe("packed ids", () => {
  it("come back as they were, in about a byte for each of a row", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: Number.MAX_SAFE_INTEGER })), (ids) => {
        const rising = ids.sort((a, b) => a - b);
        expect(unpackIds(packIds(rising))).toEqual(rising);
      }),
    );
    const row = Array.from({ length: 1000 }, (_, place) => 1_000_000 + place);
    expect(packIds(row).length).toBe(1002);
    expect(() => packIds([2, 1])).toThrow(RangeError);
    expect(unpackIds(packIds([]))).toEqual([]);
  });
});

describe.each(["sqlite", "postgres"])("everyone is accounted for on %s", (engine) => {
  it("each reader who gets none has a reason of their own, the same in every place that tells it", async () => {
    const world = await openWorld(engine, { SITE_WEEKLY_CAP: "2" });
    await publish(world);
    const capped = await add(world, "capped");
    await send(world, { events: [1] });
    await publish(world, "lithium");
    await send(world, { events: [2] });
    await publish(world, "panic", "Anxiety");
    const readers = {
      gets: await add(world, "gets"),
      capped,
      paused: await add(world, "paused", { pausedUntil: world.clock() + 1 }),
      suppressed: await add(world, "suppressed"),
      nothing: await add(world, "nothing", { topics: ["adhd"] }),
      told: await add(world, "told", { topics: ["depression"] }),
      leaves: await add(world, "leaves"),
      stopped: await add(world, "stopped"),
      refused: await add(world, "refused"),
      gone: await add(world, "gone", { status: "unsubscribed" }),
    };
    await suppressReader(world, "suppressed");
    refuse(world, "refused");
    await world.ctx.db.updateTable("subscriber").set({ watermark: 99 }).where("id", "=", readers.told).execute();
    const uid = await start(world, { events: [1, 2, 3] });
    await planDigest(world.ctx, 3);
    await leave(world, readers.leaves);
    await suppressReader(world, "stopped");
    await world.work();
    const found = await reasons(world, uid, readers);
    expect(found).toEqual({
      gets: ["submitted", null],
      capped: ["excluded", "weekly-cap"],
      paused: ["excluded", "paused"],
      suppressed: ["excluded", "suppressed"],
      nothing: ["excluded", "nothing-new"],
      told: ["submitted", null],
      leaves: ["skipped", "unsubscribed"],
      stopped: ["skipped", "suppressed"],
      refused: ["failed", expect.stringContaining("422")],
      gone: "no candidate",
    });
    const again = await send(world, { events: [3, 1, 2] });
    expect(await reasons(world, again, { gets: readers.gets, told: readers.told })).toEqual({
      gets: ["excluded", "already-sent"],
      told: ["excluded", "already-sent"],
    });
    expect((await getDigest(world.ctx, uid)).counts.excluded).toEqual({
      "weekly-cap": 1,
      paused: 1,
      suppressed: 1,
      "nothing-new": 1,
    });
    expect(await audienceReport(world.ctx, uid)).toMatchObject({
      candidates: 9,
      receiving: 5,
      deliveries: { submitted: 2, failed: 1, skipped: 2 },
      skipped: { unsubscribed: 1, suppressed: 1 },
      summary:
        "9 readers match, 5 were to get it. 4 will not, because 1 has nothing new in it, 1 has paused, 1 may not be mailed any more, and 1 had as many mails as a week holds. Of those who get it, 2 were taken by the provider, 1 failed and can be sent again, 1 could not be mailed any more by then, and 1 left before it was handed over.",
    });
    expect(await unaccounted(world, uid)).toEqual(NOTHING);
  });

  it("a correction names who left, who cannot be mailed, and who gets the notice", async () => {
    const world = await openWorld(engine);
    await publish(world);
    const readers = {
      gets: await add(world, "gets"),
      left: await add(world, "left"),
      stopped: await add(world, "stopped"),
      never: await add(world, "never", { topics: ["adhd"] }),
    };
    await send(world);
    await leave(world, readers.left);
    await suppressReader(world, "stopped");
    const mistake = { version: 1, severity: "correction", wrong: "80 to 140", right: "90 to 150", why: "Old." };
    await correctArticle(world.ctx, "morning-light", mistake, null);
    await world.work();
    const { uid } = await world.ctx.db
      .selectFrom("digest")
      .select("uid")
      .where("mode", "=", "correction")
      .executeTakeFirstOrThrow();
    expect(await reasons(world, uid, readers)).toEqual({
      gets: ["submitted", null],
      left: ["excluded", "unsubscribed"],
      stopped: ["excluded", "suppressed"],
      never: "no candidate",
    });
    const never = await readerDigests(world.ctx, await uidOf(world, readers.never));
    expect(never.digests.map((one) => [one.outcome, one.reason])).toEqual([
      ["not-a-candidate", "not-told"],
      ["excluded", "nothing-new"],
    ]);
    expect(await unaccounted(world, uid)).toEqual(NOTHING);
  });

  it("at every moment: between pages, while paused, and when cancelled halfway", async () => {
    const world = await openWorld(engine);
    await publish(world);
    await addReaders(world.ctx, manyAddresses(3000));
    await addReaders(
      world.ctx,
      Array.from({ length: 1002 }, (_, place) => at(`quiet${place}`)),
      { topics: ["adhd"] },
    );
    const uid = await start(world);
    const seen: unknown[] = [];
    const addMany = async () => {
      seen.push(await unaccounted(world, uid));
      if (seen.length === 2) await pauseDigest(world.ctx, uid);
    };
    await planDigest({ ...world.ctx, queue: { ...world.ctx.queue, addMany } }, 1);
    expect(seen).toEqual([NOTHING, NOTHING]);
    const report = await audienceReport(world.ctx, uid);
    expect(report).toMatchObject({ frozen: false, candidates: 4000, receiving: 3000 });
    expect(report.summary).toMatch(/^So far 4,000 readers match, 3,000 will get it; the rest/);
    const last = await readerDigests(world.ctx, await uidOf(world, 4002));
    expect(last.digests).toMatchObject([{ outcome: "undecided", text: "Not decided for this reader." }]);
    await cancelDigest(world.ctx, uid);
    expect(await unaccounted(world, uid)).toEqual(NOTHING);
    expect((await getDigest(world.ctx, uid)).counts).toMatchObject({
      candidates: 4000,
      skipped: 3000,
      excluded: { "nothing-new": 1000 },
    });
    const lines = await ledger(world, uid, 333);
    expect(lines).toHaveLength(4000);
    expect(new Set(lines.map((line) => line.subscriber)).size).toBe(4000);
    expect(await ledger(world, uid, 100, { status: "excluded" })).toHaveLength(1000);
  });

  it("an address refused by three digests in a row waits until the provider takes a mail to it again", async () => {
    const world = await openWorld(engine);
    const id = await add(world, "refused");
    await addReaders(world.ctx, manyAddresses(3));
    refuse(world, "refused");
    const outcomes: unknown[] = [];
    for (let turn = 1; turn <= 4; turn += 1) {
      await publish(world, `article-${turn}`);
      outcomes.push((await reasons(world, await send(world), { id })).id);
      world.clock.advance(1000);
    }
    const failed = ["failed", expect.stringContaining("422")];
    expect(outcomes).toEqual([failed, failed, failed, ["excluded", "address-refused"]]);
    refuse(world);
    const [first] = await world.ctx.db.selectFrom("digest").select("uid").orderBy("id").execute();
    expect(await retryDigest(world.ctx, first?.uid ?? "")).toEqual({ retried: 1 });
    await world.work();
    await publish(world, "article-5");
    expect((await reasons(world, await send(world), { id })).id).toEqual(["submitted", null]);
  });

  it("a digest that is refused to everyone says nothing of anyone's address", async () => {
    const world = await openWorld(engine);
    const ids = await addReaders(world.ctx, manyAddresses(2));
    for (let turn = 1; turn <= 4; turn += 1) {
      refuse(world, "reader\\d");
      await publish(world, `article-${turn}`);
      await send(world);
    }
    expect(await world.ctx.db.selectFrom("address_refusal").selectAll().execute()).toEqual([]);
    expect(ids).toHaveLength(2);
    expect((await auditLedgers(world.ctx)).faults).toEqual([]);
  });

  it("an audit names what does not add up", async () => {
    const world = await openWorld(engine);
    await publish(world);
    await addReaders(world.ctx, manyAddresses(3));
    await add(world, "nothing", { topics: ["adhd"] });
    const uid = await send(world);
    expect(await auditLedgers(world.ctx)).toEqual({ digests: 1, faults: [] });
    const { db } = world.ctx;
    await db.updateTable("delivery").set({ status: "queued" }).where("id", "=", 1).execute();
    await db.deleteFrom("delivery").where("id", "=", 2).execute();
    await db
      .updateTable("digest_exclusion_page")
      .set({ readers: packIds([1, 4]) })
      .execute();
    expect((await auditLedgers(world.ctx)).faults).toEqual(
      [
        "queued: 0 kept, 1 counted",
        "submitted: 3 kept, 1 counted",
        "left out, nothing-new: 1 kept, 2 counted",
        "candidates: 4 kept, 3 counted",
        "sent, with 1 deliveries or batches open",
      ].map((text) => ({ digest: uid, text })),
    );
  });
});
