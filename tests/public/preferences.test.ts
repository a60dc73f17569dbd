import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReader, type Reader } from "./reader.ts";

const ANA = "ana@example.org";

let reader: Reader;
let path: string;
beforeEach(async () => {
  reader = await openReader();
  path = await reader.join(ANA);
});
afterEach(() => reader.close());

const row = () => reader.ctx.db.selectFrom("subscriber").selectAll().executeTakeFirstOrThrow();

describe("preferences", () => {
  it("are saved together, with a sentence that says what was saved", async () => {
    const page = await reader.post(path, {
      action: "save",
      which: "chosen",
      topics: ["adhd", "bipolar"],
      cadence: "monthly",
      timezone: "Europe/Madrid",
      locale: "en",
      discreet: "yes",
      pause: "2",
    });
    expect(page.status).toBe(200);
    const html = await page.text();
    expect(html).toContain(
      "Saved. You get one mail a month, about 2 topics. Until January 26, 2026 nothing is sent but the correction of something you were sent.",
    );
    expect(html).toMatch(/<input[^>]*value="bipolar"[^>]*checked/);
    expect(await row()).toMatchObject({
      topics: ",adhd,bipolar,",
      cadence: "monthly",
      timezone: "Europe/Madrid",
      discreet: 1,
    });
  });

  it("keep a pause until it is ended", async () => {
    await reader.post(path, { pause: "3" });
    const until = (await row()).paused_until;
    expect(until).toBe(reader.clock() + 21 * 86_400_000);
    await reader.post(path, { cadence: "daily" });
    expect((await row()).paused_until).toBe(until);
    await reader.post(path, { pause: "0" });
    expect((await row()).paused_until).toBeNull();
  });

  it("say nothing of a pause that is over", async () => {
    await reader.post(path, { pause: "1" });
    reader.clock.advance(8 * 86_400_000);
    expect(await (await reader.post(path, { cadence: "daily" })).text()).not.toContain("Nothing is sent until");
    expect((await row()).paused_until).toBeNull();
  });

  it("speak the language chosen in them", async () => {
    expect(await (await reader.post(path, { locale: "es" })).text()).toContain('<html lang="es"');
    expect(await (await reader.app.request(path)).text()).toContain("Sus preferencias");
  });

  it("do not take no topic for every topic", async () => {
    const page = await reader.post(path, { which: "chosen" });
    expect(page.status).toBe(422);
    expect(await page.text()).toContain("Choose at least one topic, or everything.");
    expect((await reader.post(path, { which: "all", topics: ["adhd"] })).status).toBe(200);
    expect((await row()).topics).toBe("");
  });

  it.each([
    { cadence: "hourly" },
    { timezone: "Mars/Base" },
    { pause: "99" },
    { pause: "soon" },
    { topics: "no-such" },
    { action: "promote" },
  ])("refuse %j and change nothing", async (fields) => {
    const before = await reader.rows();
    const page = await reader.post(path, fields);
    expect(page.status).toBe(422);
    expect(page.headers.get("content-type")).toContain("text/html");
    expect(await reader.rows()).toBe(before);
  });

  it("give a file with all that is held", async () => {
    const answer = await reader.post(path, { action: "export" });
    expect(answer.headers.get("content-disposition")).toContain("attachment");
    expect(await answer.json()).toMatchObject({
      email: ANA,
      status: "active",
      consent: [{ kind: "requested" }, { kind: "confirmed" }],
    });
  });

  it("still give a reader who left the file, and erase what is held", async () => {
    await reader.post(path, { action: "leave" });
    const page = await (await reader.app.request(path)).text();
    expect(page).toContain("You have left");
    expect(page).not.toContain(ANA);
    expect(await (await reader.post(path, { action: "export" })).json()).toMatchObject({
      email: ANA,
      status: "unsubscribed",
    });
    expect((await reader.post(path, { cadence: "daily" })).status).toBe(404);
    expect((await reader.post(path, { action: "erase", sure: "yes" })).status).toBe(200);
    expect(await reader.status()).toEqual(["erased"]);
    expect((await reader.app.request(path)).status).toBe(404);
  });

  it("let a reader leave", async () => {
    expect(await (await reader.post(path, { action: "leave" })).text()).toContain("You have left");
    expect(await reader.status()).toEqual(["unsubscribed"]);
  });

  it("ask once before they erase", async () => {
    expect(await (await reader.post(path, { action: "erase" })).text()).toContain("This cannot be undone");
    expect(await reader.status()).toEqual(["active"]);
    expect(await (await reader.post(path, { action: "erase", sure: "yes" })).text()).toContain("Your data is erased");
    expect(await row()).toMatchObject({ status: "erased", address: null, address_index: null });
  });
});
