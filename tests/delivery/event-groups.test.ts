import fc from "fast-check";
import { afterEach, describe, expect, inject, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { applyEvent, deliverBatch, recordEvent } from "../../src/delivery/index.ts";
import { draftDigest, getDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import type { ProviderEvent, ProviderEventKind, ProviderNotice } from "../../src/mail/provider-event.ts";
import { articlePage } from "../support/article-page.ts";
import { type TestContext, testContext } from "../support/context.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { freshDatabaseUrl } from "../support/services/fresh.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

type World = TestContext & { uid: string };

/** A digest for so many readers, planned and handed over. */
async function handedOver(readers: number, engine: string): Promise<World> {
  const env: Record<string, string> = {};
  if (engine === "postgres") env.DATABASE_URL = await freshDatabaseUrl(inject);
  const world = await testContext({ env });
  closing.push(world.close);
  await addReaders(world.ctx, manyAddresses(readers));
  await takeIn(world.ctx, { html: articlePage(), url: "https://calm.example/morning-light" });
  const { uid } = await draftDigest(world.ctx, {});
  await sendDigest(world.ctx, uid);
  await planDigest(world.ctx, 1);
  await deliverBatch(world.ctx, 1);
  world.jobs.length = 0;
  return { ...world, uid };
}

interface Told {
  reader: number;
  kind: ProviderEventKind;
}

const toEvent = (uid: string, { reader, kind }: Told, place: number): ProviderEvent => ({
  id: `msg_${place}`,
  kind,
  at: 1_767_000_000_000 + place,
  providerId: "p1",
  tags: { digest: uid, delivery: `d${reader}` },
  detail: `${kind} ${place}`,
});

const RANK: Record<ProviderEventKind, number> = {
  sent: 0,
  delayed: 0,
  failed: 1,
  delivered: 2,
  bounced: 3,
  "bounced-soft": 3,
  suppressed: 3,
  complained: 4,
};

/** What one reader's notices lead to, said again without the code: the first of the highest rank decides. */
function expectedOf(kinds: ProviderEventKind[]) {
  let [state, rank, soft, reader] = ["submitted", 0, 0, "active"];
  let suppressed: string | null = null;
  for (const kind of kinds) {
    if (RANK[kind] > rank) {
      rank = RANK[kind];
      state = ["bounced-soft", "suppressed"].includes(kind) ? "bounced" : kind;
    }
    if (kind === "delivered") soft = 0;
    if (kind === "bounced-soft") soft += 1;
    const why = kind === "bounced" || (kind === "bounced-soft" && soft >= 5) ? "bounce" : null;
    const reason = kind === "suppressed" ? "provider" : kind === "complained" ? "complaint" : why;
    if (reason === null) continue;
    if (suppressed === null || suppressed === "provider") suppressed = reason;
    reader = kind === "complained" ? "complained" : reader === "active" ? "bounced" : reader;
  }
  return { state, reader, suppressed };
}

async function ends({ ctx }: World) {
  const rows = await ctx.db
    .selectFrom("delivery")
    .innerJoin("subscriber", "subscriber.id", "delivery.subscriber_id")
    .leftJoin("suppression", "suppression.address_index", "subscriber.address_index")
    .select(["delivery.status as state", "subscriber.status as reader", "suppression.reason as suppressed"])
    .orderBy("delivery.id")
    .execute();
  return rows;
}

const KINDS = Object.keys(RANK) as ProviderEventKind[];

describe.each(["sqlite", "postgres"])("notices that wait together, on %s", (engine) => {
  it("end as an oracle says, each as if it came alone, and counters equal rows", async () => {
    const told = fc.record({ reader: fc.integer({ min: 1, max: 6 }), kind: fc.constantFrom(...KINDS) });
    await fc.assert(
      fc.asyncProperty(fc.array(told, { maxLength: 60 }), fc.nat(3), async (list, doubled) => {
        const world = await handedOver(6, engine);
        for (const [place, one] of list.entries()) {
          const event = toEvent(world.uid, one, place);
          for (let turn = 0; turn <= (place % 4 === doubled ? 1 : 0); turn += 1) await recordEvent(world.ctx, event);
        }
        await Promise.all(world.jobs.splice(0).map((job) => applyEvent(world.ctx, Number(job.key))));
        const expected = Array.from({ length: 6 }, (_, place) =>
          expectedOf(list.filter(({ reader }) => reader === place + 1).map(({ kind }) => kind)),
        );
        expect(await ends(world)).toEqual(expected);
        const { counts } = await getDigest(world.ctx, world.uid);
        for (const state of ["submitted", "delivered", "bounced", "complained", "failed"] as const) {
          expect([state, counts[state]]).toEqual([state, expected.filter((one) => one.state === state).length]);
        }
        await world.close();
        closing.pop();
      }),
      { numRuns: engine === "sqlite" ? 25 : 5 },
    );
  }, 120_000);

  it("are all applied by the first job, and one that makes no sense holds up no other", async () => {
    const world = await handedOver(6, engine);
    for (let reader = 1; reader <= 6; reader += 1) {
      await recordEvent(world.ctx, toEvent(world.uid, { reader, kind: "delivered" }, reader));
    }
    await applyEvent(world.ctx, 1);
    expect((await ends(world)).every((row) => row.state === "delivered")).toBe(true);
    await world.ctx.db
      .insertInto("provider_event")
      .values({ provider_event_id: "broken", event: "{", received_at: 1 })
      .execute();
    await recordEvent(world.ctx, toEvent(world.uid, { reader: 1, kind: "complained" }, 100));
    await applyEvent(world.ctx, 8);
    expect((await ends(world))[0]).toMatchObject({ state: "complained" });
    await expect(applyEvent(world.ctx, 7)).rejects.toThrow();
  });
});

describe.each(["sqlite", "postgres"])("the provider's own list, on %s", (engine) => {
  const list = (world: World, kind: "suppression-added" | "suppression-removed", at: number): ProviderNotice => ({
    id: `list_${kind}_${at}`,
    kind,
    at,
    addressIndex: world.ctx.vault.index(manyAddresses(1)[0] ?? ""),
  });
  const tell = async (world: World, ...notices: ProviderNotice[]) => {
    for (const notice of notices) await recordEvent(world.ctx, notice);
    await world.work();
  };
  const reader = async ({ ctx }: World) => {
    const { status } = await ctx.db
      .selectFrom("subscriber")
      .select("status")
      .where("id", "=", 1)
      .executeTakeFirstOrThrow();
    const row = await ctx.db.selectFrom("suppression").select(["reason", "lifted_at"]).executeTakeFirst();
    return [status, row && row.lifted_at === null ? row.reason : null];
  };

  it("is mirrored: added stops mailing, removed lifts what only it had caused", async () => {
    const world = await handedOver(1, engine);
    await tell(world, list(world, "suppression-added", 10));
    expect(await reader(world)).toEqual(["bounced", "provider"]);
    await tell(world, list(world, "suppression-removed", 20));
    expect(await reader(world)).toEqual(["active", null]);
  });

  it("ends the same when its notices come in the wrong order", async () => {
    const world = await handedOver(1, engine);
    await tell(world, list(world, "suppression-removed", 20), list(world, "suppression-added", 10));
    expect(await reader(world)).toEqual(["active", null]);
    await tell(world, list(world, "suppression-added", 30), list(world, "suppression-removed", 25));
    expect(await reader(world)).toEqual(["bounced", "provider"]);
  });

  it.each(["complained", "bounced"] as const)(
    "lifts nothing of a reader who %s here, before or after",
    async (kind) => {
      for (const first of [true, false]) {
        const world = await handedOver(1, engine);
        const own = toEvent(world.uid, { reader: 1, kind }, 1);
        const added = list(world, "suppression-added", 10);
        await tell(world, ...(first ? [own, added] : [added, own]));
        await tell(world, list(world, "suppression-removed", 20));
        expect(await reader(world)).toEqual([kind, kind === "complained" ? "complaint" : "bounce"]);
      }
    },
  );

  it("makes nobody active who left or never confirmed", async () => {
    const world = await handedOver(1, engine);
    await world.ctx.db.updateTable("subscriber").set({ status: "unsubscribed", left_at: 5 }).execute();
    await tell(world, list(world, "suppression-added", 10), list(world, "suppression-removed", 20));
    expect(await reader(world)).toEqual(["unsubscribed", null]);
    await world.ctx.db
      .updateTable("subscriber")
      .set({ status: "pending", confirmed_at: null, left_at: null })
      .execute();
    await tell(world, list(world, "suppression-added", 30), list(world, "suppression-removed", 40));
    expect(await reader(world)).toEqual(["pending", null]);
  });
});
