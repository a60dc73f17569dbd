import { afterEach, describe, expect, it } from "vitest";
import { tooMuch } from "../../src/delivery/guard-rates.ts";
import { applyEvent, recordEvent } from "../../src/delivery/index.ts";
import { getDigest, resumeDigest } from "../../src/digests/index.ts";
import { plannedFor, runLanes, type Workers } from "./lanes.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

const GUARD = { bounceRate: 0.04, complaintRate: 0.0008, minSample: 500, minComplaints: 5 };
const UNSEEN = { bounces: null, complaints: null };

describe("what came back", () => {
  it.each([
    ["bounces at the limit", { taken: 1000, bounced: 40, complained: 0 }, UNSEEN, null],
    [
      "bounces past the limit",
      { taken: 1000, bounced: 41, complained: 0 },
      UNSEEN,
      "41 of 1,000 messages (4.1 %) bounced",
    ],
    ["bounces of a small sample", { taken: 499, bounced: 400, complained: 0 }, UNSEEN, null],
    ["one complaint in a small digest", { taken: 1000, bounced: 0, complained: 1 }, UNSEEN, null],
    ["too few complaints", { taken: 5000, bounced: 0, complained: 4 }, UNSEEN, null],
    ["complaints at the limit", { taken: 10_000, bounced: 0, complained: 8 }, UNSEEN, null],
    [
      "complaints past it",
      { taken: 10_000, bounced: 0, complained: 9 },
      UNSEEN,
      "9 of 10,000 messages (0.09 %) complained",
    ],
    [
      "bounces that were seen",
      { taken: 1000, bounced: 81, complained: 0 },
      { bounces: 41_000, complaints: null },
      null,
    ],
    [
      "twice the bounces that were seen",
      { taken: 1000, bounced: 82, complained: 0 },
      { bounces: 41_000, complaints: null },
      "8.2 %",
    ],
    [
      "complaints, with bounces seen",
      { taken: 6000, bounced: 300, complained: 5 },
      { bounces: 50_000, complaints: null },
      "complained",
    ],
  ])("pauses or does not for %s", (_, returned, seen, words) => {
    const reason = tooMuch(returned, GUARD, seen);
    if (words === null) expect(reason).toBeNull();
    else expect(reason).toContain(words);
  });

  it("never pauses for a rate that is turned off", () => {
    const off = { ...GUARD, bounceRate: 0, complaintRate: 0 };
    expect(tooMuch({ taken: 1000, bounced: 900, complained: 100 }, off, UNSEEN)).toBeNull();
  });
});

async function bounce(world: Workers, ...numbers: number[]): Promise<void> {
  for (const number of numbers) {
    await recordEvent(world.ctx, {
      id: `msg_${number}`,
      kind: "bounced",
      at: world.clock(),
      providerId: null,
      tags: { digest: world.uid, delivery: `d${number}` },
      detail: null,
    });
    const { id } = await world.ctx.db
      .selectFrom("provider_event")
      .select("id")
      .where("provider_event_id", "=", `msg_${number}`)
      .executeTakeFirstOrThrow();
    await applyEvent(world.ctx, id);
  }
}

describe.each(["sqlite", "postgres"])("a digest on %s that comes back", (engine) => {
  it("pauses with the figures, goes on when an editor has seen them, and pauses again when they have doubled", async () => {
    const env = { PAUSE_MIN_SUBMITTED: "20", PAUSE_AT_BOUNCES: "10" };
    const world = await plannedFor(40, engine, { env });
    closing.push(world.closeAll);
    world.mailer.before = async () => {
      if (world.mailer.sizes.length === 1) await bounce(world, 1, 2, 3);
      if (world.mailer.sizes.length === 2) await bounce(world, 4);
    };
    await runLanes(world, 1);
    expect(await getDigest(world.ctx, world.uid)).toMatchObject({
      status: "paused",
      reason: "paused by itself: 4 of 20 messages (20 %) bounced, and the limit is 10 %",
      counts: { bounced: 4, queued: 10 },
    });
    world.mailer.before = async () => undefined;
    await resumeDigest(world.ctx, world.uid);
    await bounce(world, 5);
    expect((await getDigest(world.ctx, world.uid)).status).toBe("sending");
    await bounce(world, 6, 7, 8, 9, 10, 11, 12);
    expect(await getDigest(world.ctx, world.uid)).toMatchObject({ status: "paused", counts: { bounced: 12 } });
    await resumeDigest(world.ctx, world.uid);
    await runLanes(world, 1);
    expect(await getDigest(world.ctx, world.uid)).toMatchObject({ status: "sent", counts: { queued: 0 } });
  });
});
