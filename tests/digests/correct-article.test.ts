import { afterEach, describe, expect, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import {
  buildDue,
  cancelDigest,
  correctArticle,
  draftDigest,
  forecastCorrection,
  getCorrection,
  getDigest,
  listDigestReports,
  planDigest,
  previewDigest,
  retryDigest,
  sendDigest,
} from "../../src/digests/index.ts";
import { registry } from "../../workers/registry.ts";
import { articlePage } from "../support/article-page.ts";
import {
  closeWorlds,
  correct,
  isNotice,
  MISTAKE,
  nameOf,
  noticed,
  openWorld,
  publish,
  readers,
  SLUG,
  sendAll,
} from "./correction-world.ts";

afterEach(closeWorlds);

describe.each(["sqlite", "postgres"])("a correction on %s", (engine) => {
  it("goes at once to exactly the active readers who were sent the version that was wrong", async () => {
    const world = await openWorld(engine);
    await readers(world, ["weekly", "discreet"]);
    await readers(world, ["monthly"], { cadence: "monthly", timezone: "Pacific/Apia" });
    await readers(world, ["narrow"], { topics: ["adhd"] });
    await publish(world);
    await sendAll(world);
    await readers(world, ["newcomer"], { watermark: 1 });
    await publish(world, "reviewed");
    const seq = await correct(world);
    expect(noticed(world)).toEqual(["discreet", "monthly", "weekly"]);
    const { reach, versions, wrongSince } = await getCorrection(world.ctx, seq);
    expect(versions).toEqual([1]);
    expect(wrongSince).toBe("2025-03-04");
    expect(reach).toMatchObject({ complete: true, told: 3, submitted: 3, queued: 0, failed: 0 });
  });

  it("reaches whoever was told and changed rhythm, topics or paused since, and counts those it cannot reach", async () => {
    const world = await openWorld(engine);
    const [moved = 0, paused = 0, left = 0, bounced = 0, suppressed = 0] = await readers(world, [
      "moved",
      "paused",
      "left",
      "bounced",
      "suppressed",
    ]);
    await publish(world);
    await sendAll(world);
    const set = (id: number, change: object) =>
      world.ctx.db.updateTable("subscriber").set(change).where("id", "=", id).execute();
    await set(moved, { topics: ",adhd,", cadence: "monthly" });
    await set(paused, { paused_until: world.clock() + 1_000_000_000 });
    await set(left, { status: "unsubscribed" });
    await set(bounced, { status: "bounced" });
    const row = await world.ctx.db
      .selectFrom("subscriber")
      .select("address_index")
      .where("id", "=", suppressed)
      .executeTakeFirstOrThrow();
    await world.ctx.db
      .insertInto("suppression")
      .values({ address_index: row.address_index ?? "", reason: "complaint", created_at: 1 })
      .execute();
    await publish(world, "reviewed");
    const forecast = await forecastCorrection(world.ctx, SLUG, MISTAKE);
    const { reach } = await getCorrection(world.ctx, await correct(world));
    expect(forecast).toMatchObject({ told: 5, reachable: 2, unreachable: reach.unreachable, versions: [1] });
    expect(noticed(world)).toEqual(["moved", "paused"]);
    expect(reach).toMatchObject({ told: 5, submitted: 2, unreachable: { left: 1, bounced: 1, suppressed: 1 } });
  });

  it("reaches readers of every other version that says the same, and of none that does not", async () => {
    const world = await openWorld(engine);
    await readers(world, ["first"]);
    await publish(world);
    await sendAll(world);
    await readers(world, ["second"]);
    const same = articlePage({ reviewed: "June 1, 2025", title: "Morning light for winter depression, again" });
    await takeIn(world.ctx, { html: same, url: "https://calm.example/articles/morning-light" });
    await sendAll(world);
    await readers(world, ["third"], { watermark: 2 });
    await publish(world, "reviewed");
    await sendAll(world);
    const seq = await correct(world, { version: 2 });
    expect((await getCorrection(world.ctx, seq)).versions).toEqual([1, 2]);
    expect(noticed(world)).toEqual(["first", "second"]);
  });

  it("is forecast without a trace: nothing is written, and once it is made the forecast names it", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana", "ben"]);
    await publish(world);
    await sendAll(world);
    const forecast = await forecastCorrection(world.ctx, SLUG, MISTAKE);
    expect(forecast).toMatchObject({ existing: null, told: 2, reachable: 2, passage: "80 to 140 dollars" });
    expect(forecast.warnings).toEqual([expect.objectContaining({ field: "version" })]);
    expect(await world.ctx.db.selectFrom("correction").selectAll().execute()).toEqual([]);
    expect(world.jobs).toEqual([]);
    const seq = await correct(world);
    expect((await forecastCorrection(world.ctx, SLUG, MISTAKE)).existing).toBe(seq);
  });

  it("asked for twice, also at the same moment, tells once", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    await sendAll(world);
    const twice = await Promise.all(
      [1, 2].map(() => correctArticle(world.ctx, SLUG, { ...MISTAKE, severity: "safety" }, null)),
    );
    await world.work();
    expect(twice.map((one) => one.created).sort()).toEqual([false, true]);
    expect(noticed(world)).toEqual(["ana"]);
  });

  it("is not told again by a later edition, and goes with the mistake to readers who were not told it yet", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    await sendAll(world);
    await readers(world, ["bea"]);
    await publish(world, "reviewed");
    await correct(world);
    await sendAll(world);
    const editions = world.resend.messages().filter((message) => !isNotice(message));
    expect(editions.map(nameOf).sort()).toEqual(["ana", "ana", "bea"]);
    const bea = editions.find((message) => nameOf(message) === "bea");
    expect(bea?.email?.text).toContain("90 to 150 dollars");
    expect(noticed(world)).toEqual(["ana"]);
  });

  it("stops a digest that is going out from telling the mistake any further", async () => {
    const world = await openWorld(engine);
    await readers(
      world,
      Array.from({ length: 250 }, (_, place) => `reader${place}`),
    );
    await publish(world);
    const { uid } = await draftDigest(world.ctx, {});
    await sendDigest(world.ctx, uid);
    const { id } = await world.ctx.db
      .selectFrom("digest")
      .select("id")
      .where("uid", "=", uid)
      .executeTakeFirstOrThrow();
    await planDigest(world.ctx, id);
    const first = world.jobs.find((job) => job.name === "deliver-batch");
    world.jobs.length = 0;
    if (first) world.jobs.push(first);
    await world.work();
    expect(world.resend.counts().accepted).toBe(100);
    const { correction } = await correctArticle(world.ctx, SLUG, MISTAKE, null);
    const batches = await world.ctx.db.selectFrom("batch").select("id").where("status", "=", "queued").execute();
    await world.work();
    for (const batch of batches) world.jobs.push({ name: "deliver-batch", key: String(batch.id) });
    await world.work();
    expect(noticed(world)).toHaveLength(100);
    const letters = world.resend.messages().filter((message) => !isNotice(message));
    expect(letters).toHaveLength(250);
    const corrected = letters.filter((message) => message.email?.text?.includes("Prices were from 2019."));
    expect(corrected).toHaveLength(150);
    const { reach } = await getCorrection(world.ctx, correction.seq);
    expect(reach).toMatchObject({ told: 100, submitted: 100 });
    expect((await getDigest(world.ctx, uid)).counts).toMatchObject({ candidates: 250, submitted: 250 });
    expect((await previewDigest(world.ctx, uid)).text).toContain("Prices were from 2019.");
  });

  it("waits for a letter whose outcome is open, and spares whom it never reached", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    const { uid } = await draftDigest(world.ctx, {});
    await sendDigest(world.ctx, uid);
    const digest = await world.ctx.db
      .selectFrom("digest")
      .select("id")
      .where("uid", "=", uid)
      .executeTakeFirstOrThrow();
    await planDigest(world.ctx, digest.id);
    const letter = world.jobs.find((job) => job.name === "deliver-batch");
    world.jobs.length = 0;
    world.resend.faults.next({ kind: "error500", accepted: false });
    const run = registry(world.ctx);
    await run["deliver-batch"](letter?.key ?? "");
    const { correction } = await correctArticle(world.ctx, SLUG, MISTAKE, null);
    const plan = world.jobs.find((job) => job.name === "plan-digest");
    await run["plan-digest"](plan?.key ?? "");
    expect((await getCorrection(world.ctx, correction.seq)).reach).toMatchObject({ told: 1, queued: 1 });
    const notice = world.jobs.find((job) => job.name === "deliver-batch" && job.key !== letter?.key);
    world.clock.advance(10_000);
    expect(await run["deliver-batch"](notice?.key ?? "")).toEqual({ again: 10_000 });
    expect(noticed(world)).toEqual([]);
    world.resend.faults.next({ kind: "status", status: 422, name: "validation_error" });
    world.clock.advance(3_600_000);
    await run["deliver-batch"](letter?.key ?? "");
    await run["deliver-batch"](notice?.key ?? "");
    expect(noticed(world)).toEqual([]);
    expect((await getCorrection(world.ctx, correction.seq)).reach).toMatchObject({ told: 1, queued: 0, needless: 1 });
    expect((await getDigest(world.ctx, correction.digest ?? "")).status).toBe("sent");
  });

  it("is in what is sent again to those whose letter failed", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    world.resend.faults.next({ kind: "status", status: 422, name: "validation_error" });
    const uid = await sendAll(world);
    await correct(world);
    expect(noticed(world)).toEqual([]);
    await retryDigest(world.ctx, uid);
    await world.work();
    const [letter] = world.resend.messages();
    expect(letter?.email?.text).toContain("Prices were from 2019.");
  });

  it("that was cancelled can be told by an edition of its own, to the same readers and to nobody else", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    await sendAll(world);
    await readers(world, ["newcomer"], { watermark: 1 });
    const { correction } = await correctArticle(world.ctx, SLUG, MISTAKE, null);
    await cancelDigest(world.ctx, correction.digest ?? "");
    await world.work();
    expect(noticed(world)).toEqual([]);
    await sendAll(world, { events: [correction.seq] });
    const told = world.resend.messages().slice(1);
    expect(told.map(nameOf)).toEqual(["ana"]);
    expect(told[0]?.email?.text).toContain("Prices were from 2019.");
  });
});

describe("marking a version as wrong", () => {
  it("says which versions there are when there is no such one, and what a passage must be", async () => {
    const world = await openWorld();
    await publish(world);
    const refused = (change: object) => correctArticle(world.ctx, SLUG, { ...MISTAKE, ...change }, null);
    await expect(refused({ version: 7 })).rejects.toThrow("there is no version 7; known are 1 to 1");
    await expect(refused({ passage: "a price nobody gave" })).rejects.toThrow("version 1 does not say these words");
    await expect(refused({ wrong: " " })).rejects.toThrow("wrong");
    await expect(correctArticle(world.ctx, "nothing", MISTAKE, null)).rejects.toThrow("There is no article");
    expect(await world.ctx.db.selectFrom("article_event").select("kind").execute()).toEqual([{ kind: "published" }]);
  });

  it("warns when the latest version is wrong as well, and when the words were not found", async () => {
    const world = await openWorld();
    await publish(world);
    const { warnings } = await correctArticle(world.ctx, SLUG, MISTAKE, null);
    expect(warnings.map((warning) => warning.field)).toEqual(["version"]);
    const other = await correctArticle(world.ctx, SLUG, { ...MISTAKE, wrong: "That lamps are dear." }, null);
    expect(other.warnings.map((warning) => warning.field)).toEqual(["passage", "version"]);
  });

  it("builds no edition of its own for readers who have nothing else coming", async () => {
    const world = await openWorld();
    await readers(world, ["ana"]);
    await buildDue(world.ctx);
    await publish(world);
    world.clock.set(Date.parse("2026-01-13T08:00:00Z"));
    await buildDue(world.ctx);
    await world.work();
    await publish(world, "reviewed");
    await correct(world);
    world.clock.set(Date.parse("2026-01-20T08:00:00Z"));
    await buildDue(world.ctx);
    await world.work();
    world.clock.set(Date.parse("2026-01-27T08:00:00Z"));
    await buildDue(world.ctx);
    await world.work();
    expect(world.resend.messages()).toHaveLength(3);
    const { digests } = await listDigestReports(world.ctx, {});
    expect(digests.map((digest) => digest.mode)).toEqual(["sequence", "correction", "sequence"]);
  });
});
