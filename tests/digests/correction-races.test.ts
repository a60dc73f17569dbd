import { afterEach, describe, expect, it } from "vitest";
import { getCorrection, getDigest, pauseDigest, resumeDigest, retryDigest } from "../../src/digests/index.ts";
import { registry } from "../../workers/registry.ts";
import {
  closeWorlds,
  correct,
  letters,
  mark,
  nameOf,
  noticed,
  openWorld,
  publish,
  readers,
  sendAll,
  start,
  type World,
} from "./correction-world.ts";

afterEach(closeWorlds);

const REFUSED = { kind: "status", status: 422, name: "validation_error" } as const;
const EYES = { wrong: "People with eye disease", right: "People with diabetes", why: "A word was mixed up." };

/** Does the next job of this name, and only that. */
async function doNext({ ctx, jobs }: World, name: "plan-digest" | "deliver-batch"): Promise<string> {
  const place = jobs.findIndex((job) => job.name === name);
  const [job] = jobs.splice(place, place < 0 ? 0 : 1);
  if (job) await registry(ctx)[name](job.key);
  return job?.key ?? "";
}

const textsOf = (world: World, name: string) =>
  letters(world)
    .filter((letter) => nameOf(letter) === name)
    .map((letter) => letter.email?.text ?? "");

describe.each(["sqlite", "postgres"])("a correction on %s, at the wrong moment", (engine) => {
  it("is in an edition that had started, and whose readers were not decided, when the mistake became known", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    const uid = await start(world);
    const waiting = world.jobs.splice(0);
    await correct(world);
    world.jobs.push(...waiting);
    await world.work();
    expect(textsOf(world, "ana")).toEqual([expect.stringContaining("Prices were from 2019.")]);
    expect(noticed(world)).toEqual([]);
    expect((await getDigest(world.ctx, uid)).status).toBe("sent");
  });

  it("of a version that was corrected before reaches also those who were sent it with the first correction", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    await sendAll(world);
    await correct(world);
    await readers(world, ["bea"]);
    await sendAll(world);
    expect(textsOf(world, "bea")).toEqual([expect.stringContaining("Prices were from 2019.")]);
    await correct(world, EYES);
    expect(noticed(world, "Prices were from 2019.")).toEqual(["ana"]);
    expect(noticed(world, "A word was mixed up.")).toEqual(["ana", "bea"]);
  });

  it("of a version that was corrected before stops a digest that says the first correction", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    await start(world);
    await doNext(world, "plan-digest");
    const letter = world.jobs.splice(0);
    await correct(world);
    await correct(world, EYES);
    world.jobs.push(...letter);
    await world.work();
    const [text] = textsOf(world, "ana");
    expect(text).toContain("Prices were from 2019.");
    expect(text).toContain("A word was mixed up.");
    expect(noticed(world)).toEqual([]);
  });

  it("is said again where an edition tells its reader another version with the same mistake", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    await sendAll(world);
    await publish(world, "again");
    await correct(world, { version: 2 });
    await sendAll(world);
    const [, second] = textsOf(world, "ana");
    expect(second).toContain("Prices were from 2019.");
    expect(noticed(world)).toEqual(["ana"]);
  });

  it("of what a notice said reaches the readers of that notice, whether it was out, decided or neither", async () => {
    for (const done of ["out", "decided", "neither"]) {
      const world = await openWorld(engine);
      await readers(world, ["ana"]);
      await publish(world);
      await sendAll(world);
      await publish(world, "mended");
      const first = await mark(world);
      if (done === "out") await world.work();
      if (done === "decided") await doNext(world, "plan-digest");
      const waiting = world.jobs.splice(0);
      const change = { version: 2, wrong: "90 to 150 dollars", right: "70 dollars", why: "Prices fell." };
      const { correction } = await mark(world, change);
      await doNext(world, "plan-digest");
      world.jobs.push(...waiting);
      await world.work();
      world.jobs.push({ name: "sweep", key: "sweep" });
      await world.work();
      expect(noticed(world, "Prices were from 2019.")).toEqual(["ana"]);
      expect(noticed(world, "Prices fell.")).toEqual(["ana"]);
      const { reach } = await getCorrection(world.ctx, correction.seq);
      expect(reach).toMatchObject({ complete: true, told: 1, submitted: 1 });
      expect((await getDigest(world.ctx, first.correction.digest ?? "")).status).toBe("sent");
    }
  });

  it("spares whom the letter never reached, also when it is sent again with the correction meanwhile", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    const uid = await start(world);
    await doNext(world, "plan-digest");
    world.resend.faults.next({ kind: "error500", accepted: false });
    const letter = await doNext(world, "deliver-batch");
    const { correction } = await mark(world);
    await doNext(world, "plan-digest");
    const notice = world.jobs.splice(0);
    world.resend.faults.next(REFUSED);
    world.clock.advance(3_600_000);
    await registry(world.ctx)["deliver-batch"](letter);
    await retryDigest(world.ctx, uid);
    await world.work();
    expect(textsOf(world, "ana")).toEqual([expect.stringContaining("Prices were from 2019.")]);
    world.jobs.push(...notice);
    await world.work();
    expect(noticed(world)).toEqual([]);
    expect((await getCorrection(world.ctx, correction.seq)).reach).toMatchObject({ told: 1, needless: 1 });
  });

  it("keeps nobody waiting for the letter of another", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"], { cadence: "weekly" });
    await readers(world, ["bea"], { cadence: "daily" });
    await publish(world);
    const keys: string[] = [];
    for (const cadence of ["weekly", "daily"]) {
      await start(world, { cadence });
      await doNext(world, "plan-digest");
      world.resend.faults.next({ kind: "error500", accepted: false });
      keys.push(await doNext(world, "deliver-batch"));
    }
    await mark(world);
    await doNext(world, "plan-digest");
    const deliver = registry(world.ctx)["deliver-batch"];
    const deliverDue = async () => {
      world.clock.advance(3_600_000);
      const due = await world.ctx.db.selectFrom("batch").select("id").where("kind", "=", "correction").execute();
      for (const { id } of due) await deliver(String(id));
    };
    await deliverDue();
    expect(noticed(world)).toEqual([]);
    await deliver(keys[0] ?? "");
    await deliverDue();
    expect(noticed(world)).toEqual(["ana"]);
    await deliver(keys[1] ?? "");
    await deliverDue();
    expect(noticed(world)).toEqual(["ana", "bea"]);
  });

  it("leaves nothing wrong in a digest that was paused for days", async () => {
    const world = await openWorld(engine);
    await readers(world, ["ana"]);
    await publish(world);
    const uid = await start(world);
    await doNext(world, "plan-digest");
    world.jobs.length = 0;
    await pauseDigest(world.ctx, uid);
    await correct(world);
    world.clock.advance(5 * 86_400_000);
    await resumeDigest(world.ctx, uid);
    await world.work();
    expect(textsOf(world, "ana")).toEqual([expect.stringContaining("Prices were from 2019.")]);
    expect(noticed(world)).toEqual([]);
  });
});
