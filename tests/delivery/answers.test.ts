import { readFile } from "node:fs/promises";
import { afterEach, describe, expect, it } from "vitest";
import { clearAlert, listAlerts } from "../../src/alerts/index.ts";
import { deliverBatch, sweepDelivery } from "../../src/delivery/index.ts";
import { getDigest, planDigest, resumeDigest } from "../../src/digests/index.ts";
import { ANSWERS, type AnswerRow } from "../../src/mail/resend-verdicts.ts";
import { manyAddresses } from "../support/readers.ts";
import { countsOf, type Stage, stageDigest, type World } from "./stage.ts";

const closing: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0).reverse()) await close();
});

async function stage(count: number, options: Stage = {}): Promise<World> {
  const world = await stageDigest(count, options);
  closing.push(world.close);
  return world;
}

const HOUR = 3_600_000;
const documented = ANSWERS.filter(({ name }) => name !== "*");

/** What the rows must say after the first answer. */
const AFTER: Record<string, object> = {
  retry: { digest: "sending", batches: ["queued"], alerts: [], unsettled: false },
  throttle: { digest: "sending", batches: ["queued"], alerts: [], unsettled: false },
  unknown: { digest: "sending", batches: ["queued"], alerts: [], unsettled: true },
  refused: { digest: "sending", batches: ["queued", "queued", "split"], alerts: [], unsettled: false },
  mismatch: { digest: "sent", batches: ["unknown"], alerts: [], unsettled: true },
};

async function state({ ctx, uid }: World) {
  const batches = await ctx.db.selectFrom("batch").selectAll().orderBy("status").execute();
  const alerts = await listAlerts(ctx);
  return {
    digest: (await getDigest(ctx, uid)).status,
    batches: batches.map((batch) => batch.status),
    alerts: alerts.map((alert) => [alert.kind, alert.digest === uid]),
    unsettled: batches.some((batch) => batch.unsettled_since !== null),
  };
}

function expected({ verdict, cause }: AnswerRow): object {
  if (verdict !== "halt") return AFTER[verdict] ?? {};
  return { digest: "paused", batches: ["queued"], alerts: [[cause, cause === "content"]], unsettled: false };
}

describe("every documented answer of the provider", () => {
  it.each(documented.map((row) => [row.status, row.name, row] as const))(
    "%i %s does what the table says, and every reader has one message in the end",
    async (status, name, row) => {
      const world = await stage(4);
      await planDigest(world.ctx, 1);
      world.resend.faults.next({ kind: "status", status, name });
      await deliverBatch(world.ctx, 1);
      expect(await state(world)).toEqual(expected(row));
      const said = await world.ctx.db.selectFrom("batch").select("reason").where("reason", "is not", null).execute();
      expect(said.some(({ reason }) => reason?.startsWith(`${status} ${name}`))).toBe(true);
      world.clock.advance(2 * HOUR);
      if (row.verdict === "halt") await resumeDigest(world.ctx, world.uid);
      await sweepDelivery(world.ctx);
      await world.work();
      const unknown = row.verdict === "mismatch";
      for (const address of manyAddresses(4)) expect(world.resend.acceptedFor(address)).toBe(unknown ? 0 : 1);
      expect(await countsOf(world)).toMatchObject(unknown ? { unknown: 4 } : { submitted: 4, failed: 0 });
    },
  );

  it("stands in the document as it stands in the code", async () => {
    const lines = ANSWERS.map(({ status, name, verdict, cause, why }) => {
      return `| ${status} | ${name === "*" ? "any other" : `\`${name}\``} | ${SAID[cause ?? verdict]} | ${why} |`;
    });
    const document = await readFile("docs/provider-answers.md", "utf8");
    expect(
      document
        .replaceAll(/ {2,}/g, " ")
        .split("\n")
        .filter((line) => /^\| \d{3} /.test(line)),
    ).toEqual(lines);
  });
});

const SAID: Record<string, string> = {
  retry: "retry at once",
  throttle: "retry after the silence asked for",
  refused: "split the batch, drop the one recipient",
  mismatch: "leave to a person",
  unknown: "retry the same bytes, then leave to a person",
  content: "pause the digest, alert",
  key: "stop everything, alert",
  sender: "stop everything, alert",
  quota: "stop everything, alert",
  "daily-quota": "stop everything, alert, ask again every hour",
  request: "stop everything, alert",
};

describe.each(["sqlite", "postgres"])("a digest of which every message is refused alike, on %s", (engine) => {
  const REFUSE_ALL = [{ match: ".", as: "refused" as const }];

  it("is paused with the provider's words instead of failing everyone, and goes on when mended", async () => {
    const world = await stage(120, { engine, settings: { addresses: REFUSE_ALL } });
    await world.work();
    expect(await countsOf(world)).toMatchObject({ queued: 120, failed: 0, submitted: 0 });
    const report = await getDigest(world.ctx, world.uid);
    expect([report.status, report.reason]).toEqual([
      "paused",
      expect.stringMatching(/refuses every message alike: 422/),
    ]);
    expect(await listAlerts(world.ctx)).toMatchObject([{ kind: "refused-alike", digest: world.uid, count: 1 }]);
    world.resend.settings.addresses = [];
    await resumeDigest(world.ctx, world.uid);
    await world.work();
    for (const address of manyAddresses(120)) expect(world.resend.acceptedFor(address)).toBe(1);
    expect(await countsOf(world)).toMatchObject({ queued: 0, submitted: 120, failed: 0 });
    world.clock.advance(1000);
    await sweepDelivery(world.ctx);
    expect(await listAlerts(world.ctx)).toEqual([]);
  });

  it("fails them when a person resumes it and nothing was mended", async () => {
    const world = await stage(20, { engine, settings: { addresses: REFUSE_ALL } });
    await world.work();
    await resumeDigest(world.ctx, world.uid);
    await world.work();
    expect(await countsOf(world)).toMatchObject({ queued: 0, failed: 20 });
    expect((await getDigest(world.ctx, world.uid)).status).toBe("sent");
  });

  it("fails only the bad ones when a single message of the batch is taken", async () => {
    const bad = [{ match: "^reader(?!7@)", as: "refused" as const }];
    const world = await stage(20, { engine, settings: { addresses: bad } });
    await world.work();
    expect(await countsOf(world)).toMatchObject({ submitted: 1, failed: 19, queued: 0 });
    expect(await listAlerts(world.ctx)).toEqual([]);
  });
});

describe("an alert", () => {
  it("is raised once for a cause however many batches meet it, and goes when the provider takes mail again", async () => {
    const world = await stage(300, { settings: { apiKeys: {} } });
    await planDigest(world.ctx, 1);
    for (const id of [1, 2, 3]) {
      await deliverBatch(world.ctx, id);
      await resumeDigest(world.ctx, world.uid);
    }
    expect(await listAlerts(world.ctx)).toMatchObject([{ kind: "key", digest: null, count: 3, triesAgainAt: null }]);
    world.resend.settings.apiKeys = null;
    world.clock.advance(HOUR);
    await sweepDelivery(world.ctx);
    expect(await listAlerts(world.ctx)).toHaveLength(1);
    await world.work();
    await sweepDelivery(world.ctx);
    expect(await listAlerts(world.ctx)).toEqual([]);
    expect(await listAlerts(world.ctx, { all: true })).toMatchObject([{ clearedBy: null }]);
  });

  it("that a person cleared comes back as another when the cause is still there", async () => {
    const world = await stage(3, { settings: { domains: ["other.example"] } });
    await world.work();
    const [alert] = await listAlerts(world.ctx);
    await clearAlert(world.ctx, alert?.id ?? "", "bootstrap");
    await clearAlert(world.ctx, alert?.id ?? "", "bootstrap");
    expect(await listAlerts(world.ctx)).toEqual([]);
    world.clock.advance(HOUR);
    await resumeDigest(world.ctx, world.uid);
    await world.work();
    expect(await listAlerts(world.ctx)).toMatchObject([{ kind: "sender", count: 1 }]);
    expect(await listAlerts(world.ctx, { all: true })).toHaveLength(2);
  });

  it("of a spent daily quota lets digests go on by themselves once the provider takes mail again", async () => {
    const world = await stage(150, { settings: { dailyQuota: 100 } });
    await world.work();
    expect(await state(world)).toMatchObject({ digest: "paused", alerts: [["daily-quota", false]] });
    for (let hour = 0; hour < 24; hour += 1) {
      world.clock.advance(HOUR);
      await sweepDelivery(world.ctx);
      await world.work();
    }
    await sweepDelivery(world.ctx);
    expect(await countsOf(world)).toMatchObject({ submitted: 150, failed: 0, unknown: 0 });
    expect(await listAlerts(world.ctx)).toEqual([]);
    expect(await listAlerts(world.ctx, { all: true })).toHaveLength(1);
    for (const address of manyAddresses(150)) expect(world.resend.acceptedFor(address)).toBe(1);
  });
});
