import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { draftDigest, forecastCorrection, sendDigest } from "../../src/digests/index.ts";
import { listCaptured } from "../../src/mail/captured.ts";
import { articlePage, MORNING_LIGHT } from "../support/article-page.ts";
import { addReaders } from "../support/readers.ts";
import { type Desk, openDesk } from "./desk.ts";

const ARTICLE = "/admin/articles/morning-light";
const MISTAKE = {
  version: "1",
  severity: "safety",
  wrong: "A lamp costs 80 to 140 dollars",
  right: "A lamp costs 90 to 150 dollars",
  why: "Prices were from 2019.",
  passage: "80 to 140 dollars",
  note: "",
};

let desk: Desk;
beforeEach(async () => {
  desk = await openDesk();
  await desk.signInAs("Dr. Ana Ruiz", "editor");
});
afterEach(() => desk.close());

async function publish(title?: string): Promise<void> {
  const html = articlePage(title === undefined ? {} : { title });
  await takeIn(desk.ctx, { html, url: "https://calm.example/articles/morning-light" });
}

async function review(): Promise<void> {
  const sections = { ...MORNING_LIGHT, "What it costs": "A lamp costs 90 to 150 dollars and lasts for years." };
  const html = articlePage({ reviewed: "January 9, 2026", sections });
  await takeIn(desk.ctx, { html, url: "https://calm.example/articles/morning-light" });
}

/** Sends the article to four readers, of whom one leaves and one bounces afterwards. */
async function tellFour(): Promise<void> {
  const [, , left = 0, bounced = 0] = await addReaders(
    desk.ctx,
    ["ana", "ben", "cleo", "dan"].map((name) => `${name}@example.org`),
  );
  await publish();
  const { uid } = await draftDigest(desk.ctx, {});
  await sendDigest(desk.ctx, uid);
  await desk.work();
  const set = (id: number, status: "unsubscribed" | "bounced") =>
    desk.ctx.db.updateTable("subscriber").set({ status }).where("id", "=", id).execute();
  await set(left, "unsubscribed");
  await set(bounced, "bounced");
  await review();
  desk.jobs.length = 0;
}

const step = (name: string, change: object = {}) =>
  desk.post(`${ARTICLE}/correct`, { ...MISTAKE, ...change, step: name });

const notices = async () =>
  (await listCaptured(desk.ctx, { limit: 100 }))
    .map(({ message }) => message)
    .filter(({ subject }) => subject.startsWith("Safety correction:"));

/** What a table says, name to number. */
const tableOf = (page: string): Record<string, number> =>
  Object.fromEntries(
    [...page.matchAll(/<th scope="row">([^<]+)<\/th><td class="number">([^<]+)</g)].map(([, name, count]) => [
      name,
      Number(count),
    ]),
  );

describe("marking a version as wrong at the desk", () => {
  it("says the honest number before anything is sent, sends exactly that many, and shows the reach", async () => {
    await tellFour();
    const form = await desk.page(`${ARTICLE}/correct?version=1`);
    expect(form).toMatch(/<option value="1" selected="">Version 1, /);

    const check = await (await step("check")).text();
    expect(check).toContain("4 readers were sent this.");
    expect(check).toContain("2 can be reached and get a notice at once.");
    expect(check).toContain("2 cannot: 1 left and 1 bounced.");
    expect(check).toContain("Version 1. It says “80 to 140 dollars”.");
    expect(check).toContain("Send the correction to 2 readers");
    expect(await notices()).toEqual([]);
    expect(await desk.ctx.db.selectFrom("correction").selectAll().execute()).toEqual([]);

    const sent = await step("send");
    expect([sent.status, sent.headers.get("location")]).toEqual([303, "/admin/corrections/3?said=sent"]);
    await desk.work();
    expect((await notices()).map(({ to }) => to).sort()).toEqual(["ana@example.org", "ben@example.org"]);

    const page = await desk.page("/admin/corrections/3?said=sent");
    const { "Told what was wrong": told, Left, Bounced, ...parts } = tableOf(page);
    expect({ told, Left, Bounced }).toEqual({ told: 4, Left: 1, Bounced: 1 });
    expect(Object.values(parts).reduce((sum, count) => sum + count, 0)).toBe(4);
    expect(parts["Not reachable any more"]).toBe(2);
    expect(page).toContain('href="/changes/morning-light#correction-3"');
    expect(await desk.page("/admin/corrections")).toContain("Morning light for winter depression");
  });

  it("sent twice, as by a double click, tells once, and says so", async () => {
    await tellFour();
    const [first, second] = await Promise.all([step("send"), step("send")]);
    expect(new Set([first, second].map((answer) => answer?.headers.get("location")))).toEqual(
      new Set(["/admin/corrections/3?said=sent", "/admin/corrections/3?said=known"]),
    );
    await desk.work();
    expect(await notices()).toHaveLength(2);
    const again = await (await step("check")).text();
    expect(again).toContain("This was marked before");
    expect(again).toContain('href="/admin/corrections/3"');
    expect(again).not.toContain('value="send"');
  });

  it("keeps what was typed when something is to be changed, and says what is wrong beside its field", async () => {
    await tellFour();
    const back = await (await step("edit", { note: "Ask your doctor." })).text();
    expect(back).toContain(">A lamp costs 80 to 140 dollars</textarea>");
    expect(back).toContain(">Ask your doctor.</textarea>");
    expect(back).toMatch(/value="safety" checked=""/);
    const answer = await step("check", { right: "", passage: "a thousand dollars", severity: "grave", version: "7" });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('id="right-error">This is needed.');
    expect(page).toContain('id="severity-error">Choose one of these.');
    const unknown = await (await step("check", { passage: "a thousand dollars" })).text();
    expect(unknown).toContain('id="passage-error">Version 1 does not say these words.');
    const version = await (await step("send", { version: "7" })).text();
    expect(version).toContain('id="version-error">There is no version 7; known are 1 to 2.');
    const long = await (await step("check", { wrong: "x".repeat(2001) })).text();
    expect(long).toContain('id="wrong-error">At most 2,000 characters.');
    expect(await desk.ctx.db.selectFrom("correction").selectAll().execute()).toEqual([]);
  });

  it("says when nobody was sent it, and publishes the notice all the same", async () => {
    await publish();
    const check = await (await step("check")).text();
    expect(check).toContain("No reader was sent this.");
    expect(check).toContain("Version 1 is what the page says now.");
    expect(check).toContain("Publish the correction");
    await step("send");
    await desk.work();
    expect(await desk.page("/admin/corrections/2?said=sent")).toContain("no mail goes out");
    expect(await notices()).toEqual([]);
  });

  it("counts the same over the API and for the desk", async () => {
    await tellFour();
    const { version, ...rest } = MISTAKE;
    const input = { ...rest, version: Number(version), note: null };
    const answer = await desk.app.request("/api/v1/articles/morning-light/corrections/forecast", {
      method: "POST",
      headers: { authorization: "Bearer test-admin-key-0123456789", "content-type": "application/json" },
      body: JSON.stringify(input),
    });
    expect([answer.status, await answer.json()]).toEqual([
      200,
      await forecastCorrection(desk.ctx, "morning-light", input),
    ]);
  });

  it("shows hostile words as words", async () => {
    const hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>`;
    await publish(`Light &lt;script&gt;alert(0)&lt;/script&gt;`);
    for (const name of ["check", "edit"]) {
      const page = await (await step(name, { wrong: hostile, right: hostile, passage: "" })).text();
      expect(page).toContain("&lt;script&gt;alert(1)");
      expect(page).not.toMatch(/<script|<img/);
    }
    await step("send", { wrong: hostile, right: hostile, why: hostile, note: hostile, passage: "" });
    await desk.post(`${ARTICLE}/events/1/note`, { note: hostile });
    for (const path of ["/admin", "/admin/articles", ARTICLE, "/admin/corrections", "/admin/corrections/2"]) {
      expect(await desk.page(path), path).not.toMatch(/<script|<img|onerror=alert\(2\)>/);
    }
    expect(await desk.page(`/admin/corrections?before=${encodeURIComponent(hostile)}`)).not.toMatch(/<script/);
    const asked = await desk.app.request(`/admin/sign-in?to=${encodeURIComponent(`/admin/${hostile}`)}`);
    expect(await asked.text()).not.toMatch(/<script/);
  });
});

describe("an editor's note", () => {
  it("is added to an event where it stands, changed, and taken back", async () => {
    await publish();
    const said = await desk.post(`${ARTICLE}/events/1/note`, { note: "  Written with the guideline of 2025. " });
    expect(said.headers.get("location")).toBe(`${ARTICLE}?said=noted#event-1`);
    const page = await desk.page(`${ARTICLE}?said=noted`);
    expect(page).toContain('<p class="saying">Written with the guideline of 2025.</p>');
    expect(page).toContain("The note was saved.");
    const gone = await desk.post(`${ARTICLE}/events/1/note`, { note: " " });
    expect(gone.headers.get("location")).toBe(`${ARTICLE}?said=unnoted#event-1`);
    expect(await desk.page(ARTICLE)).toContain("Add a note");
  });

  it("that is too long is refused beside its field, with what was typed", async () => {
    await publish();
    const answer = await desk.post(`${ARTICLE}/events/1/note`, { note: "n".repeat(2001) });
    const page = await answer.text();
    expect(answer.status).toBe(422);
    expect(page).toContain('id="note-1-error">At most 2,000 characters.');
    expect(page).toContain("n".repeat(2001));
    expect((await desk.post(`${ARTICLE}/events/9/note`, { note: "x" })).status).toBe(404);
  });
});
