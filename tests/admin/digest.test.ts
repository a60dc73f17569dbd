import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { deliverBatch } from "../../src/delivery/index.ts";
import { draftDigest, pauseDigest, planDigest, sendDigest } from "../../src/digests/index.ts";
import { publishArticles } from "../support/editions.ts";
import { addReaders, manyAddresses } from "../support/readers.ts";
import { type Desk, openDesk } from "./desk.ts";

let desk: Desk;
let path: string;
let uid: string;
beforeEach(async () => {
  desk = await openDesk({ env: { WARM_UP: "2,100" } });
  await desk.signInAs("Dr. Ana Ruiz", "editor");
  await addReaders(desk.ctx, manyAddresses(5));
  await addReaders(desk.ctx, ["away@example.org"], { pausedUntil: desk.clock() + 86_400_000 });
  await publishArticles(desk.ctx);
  ({ uid } = await draftDigest(desk.ctx, {}));
  path = `/admin/digests/${uid}`;
});
afterEach(() => desk.close());

async function started(): Promise<void> {
  await sendDigest(desk.ctx, uid);
  await planDigest(desk.ctx, 1);
}

const row = (name: string, count: number) =>
  new RegExp(`<th scope="row">${name}</th><td class="number"[^>]*>${count}</td>`);

describe("a digest at the desk", () => {
  it("is linked from the overview, and says before it goes out who would get it and who would not", async () => {
    expect(await desk.page("/admin")).toContain(`<a href="${path}">New: `);
    const page = await desk.page(path);
    expect(page).toContain("Nothing is handed over yet.");
    for (const [name, count] of [
      ["Match", 6],
      ["Get it", 5],
      ["Do not get it", 1],
      ["Has paused", 1],
    ] as const)
      expect(page).toMatch(row(name, count));
    expect(page).not.toContain("<script");
  });

  it("is paused, gone on with and cancelled by its buttons, each with a word of what happened", async () => {
    await started();
    expect(await desk.page(path)).toContain("Pause</button>");
    expect((await desk.post(`${path}/pause`)).headers.get("location")).toBe(`${path}?said=paused`);
    const paused = await desk.page(`${path}?said=paused`);
    expect(paused).toContain("Batches that were being handed over at this moment still go out.");
    expect(paused).toContain("<h2>Paused</h2><p>Paused by an editor</p>");
    expect((await desk.post(`${path}/resume`)).headers.get("location")).toBe(`${path}?said=resumed`);
    expect(await desk.page(`${path}/cancel`)).toContain("5 readers have not been written to");
    expect((await desk.post(`${path}/cancel`)).headers.get("location")).toBe(`${path}?said=cancelled`);
    const cancelled = await desk.page(path);
    expect(cancelled).toMatch(row("Skipped", 5));
    expect(cancelled).toMatch(row("Cancelled by an editor", 5));
    expect(cancelled).not.toContain("</button></form></div>");
    expect((await desk.post(`${path}/pause`)).status).toBe(409);
  });

  it("says until when it waits, and how the warm-up stands", async () => {
    await started();
    await deliverBatch(desk.ctx, 1);
    const page = await desk.page(path);
    expect(page).toContain("Goes on by itself Jan 13, 2026, 12:00 AM");
    expect(page).toContain("Day 1: 2 of 2 messages of today");
    expect(page).toContain("2 of 5 handed over");
  });

  it("offers to send again what failed, and only that", async () => {
    await started();
    await desk.ctx.db.updateTable("delivery").set({ status: "failed" }).where("id", "<=", 2).execute();
    await desk.ctx.db.updateTable("batch").set({ status: "settled" }).execute();
    await desk.ctx.db.insertInto("digest_tally").values({ digest_id: 1, status: "failed", count: 2 }).execute();
    await desk.ctx.db.updateTable("digest_tally").set({ count: 3 }).where("status", "=", "queued").execute();
    expect(await desk.page(path)).toContain("Send again to the 2 that failed</button>");
    expect((await desk.post(`${path}/retry`)).headers.get("location")).toBe(`${path}?said=retried`);
    expect(await desk.page(path)).not.toContain("Send again");
  });

  it("shows viewers all of it and none of its buttons, and refuses them and strangers", async () => {
    await started();
    await desk.signInAs("Visitor", "viewer");
    expect(await desk.page(path)).not.toContain("Pause</button>");
    expect((await desk.post(`${path}/pause`)).status).toBe(403);
    expect((await desk.post(`${path}/pause`, {}, { origin: "https://evil.example" })).status).toBe(403);
    desk.cookie = "";
    expect((await desk.get(`${path}/progress`)).status).toBe(303);
    expect((await desk.get("/admin/digests/unknown")).status).toBe(303);
  });

  it("tells its figures as they change, in the words of the page", async () => {
    await started();
    await pauseDigest(desk.ctx, uid);
    await desk.post(`${path}/cancel`);
    const response = await desk.get(`${path}/progress`);
    expect(response.headers.get("content-type")).toContain("text/event-stream");
    const [name, data = ""] = (await response.text()).split("\n");
    expect(name).toBe("event: end");
    expect(JSON.parse(data.slice("data: ".length))).toMatchObject({
      fields: { skipped: "5", "skipped-cancelled": "5", handed: "0 of 0 handed over", bar: "0" },
    });
  });
});
