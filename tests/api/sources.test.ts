import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGuardedFetch } from "../../src/articles/guarded-fetch.ts";
import { type Publisher, rss, startPublisher } from "../sources/publisher.ts";
import { articlePage } from "../support/article-page.ts";
import { type Door, openDoor } from "./door.ts";

let publisher: Publisher;
let door: Door;
beforeEach(async () => {
  publisher = await startPublisher();
  door = await openDoor({
    fetchPage: createGuardedFetch({ allowPrivate: true }),
    env: { SOURCE_PAUSE_SECONDS: "0" },
  });
  publisher.put("/morning-light", articlePage());
  publisher.put("/feed.xml", rss(publisher.origin, [{ path: "/morning-light" }]));
});
afterEach(async () => {
  await door.close();
  await publisher.close();
});

const follow = async () =>
  (await door.api("POST", "/sources", { body: { url: `${publisher.origin}/feed.xml` } })).json.id;

describe("the sources of the API", () => {
  it("are followed, shown, polled, paused and removed", async () => {
    const added = await door.api("POST", "/sources", { body: { url: `${publisher.origin}/feed.xml` } });
    expect([added.status, added.headers.get("location")]).toEqual([201, `/api/v1/sources/${added.json.id}`]);
    expect(added.json).toMatchObject({ kind: "feed", status: "waiting", title: "Calm Pages", lastPolledAt: null });
    await door.work();
    const path = `/sources/${added.json.id}`;
    const first = (await door.api("GET", path)).json;
    expect(first).toMatchObject({ status: "ok", pages: { known: 1, taken: 1 }, lastPolledAt: expect.any(String) });

    door.clock.advance(60_000);
    publisher.put("/morning-light", articlePage({ reviewed: "January 9, 2026" }));
    const asked = await door.api("POST", `${path}/poll`);
    expect([asked.status, asked.json.status, asked.json.lastPolledAt]).toEqual([202, "waiting", first.lastPolledAt]);
    await door.work();
    const polled = (await door.api("GET", path)).json;
    expect(Date.parse(String(polled.lastPolledAt))).toBeGreaterThan(Date.parse(String(first.lastPolledAt)));
    expect((await door.api("GET", "/events")).json).toMatchObject({ events: [{ kind: "re-reviewed" }] });

    expect((await door.api("PATCH", path, { body: { status: "paused" } })).json).toMatchObject({ status: "paused" });
    expect((await door.api("POST", `${path}/poll`)).status).toBe(409);
    expect((await door.api("PATCH", path, { body: { status: "active" } })).json).toMatchObject({ status: "waiting" });
    expect((await door.api("GET", "/sources")).json).toMatchObject({ sources: [{ id: added.json.id }] });
    expect((await door.api("DELETE", path)).status).toBe(204);
    expect((await door.api("GET", "/sources")).json).toEqual({ sources: [] });
    expect((await door.api("GET", "/articles")).json).toMatchObject({ articles: [{ slug: "morning-light" }] });
  });

  it("are followed once: adding one again answers 200 with what is there", async () => {
    const id = await follow();
    const again = await door.api("POST", "/sources", {
      body: { url: `${publisher.origin}/feed.xml`, backfill: false },
    });
    expect([again.status, again.json.id]).toEqual([200, id]);
  });

  it("answer problems for what is not there, cannot be read, or cannot be had", async () => {
    for (const [method, path, body, status] of [
      ["GET", "/sources/none", undefined, 404],
      ["PATCH", "/sources/none", { status: "paused" }, 404],
      ["DELETE", "/sources/none", undefined, 404],
      ["POST", "/sources/none/poll", undefined, 404],
      ["POST", "/sources", {}, 422],
      ["POST", "/sources", { url: "ftp://calm.example/feed.xml" }, 422],
      ["POST", "/sources", { url: `${publisher.origin}/morning-light` }, 422],
      ["POST", "/sources", { url: `${publisher.origin}/nothing` }, 503],
    ] as const) {
      const answer = await door.api(method, path, body ? { body } : {});
      expect([method, path, answer.status, answer.headers.get("content-type")]).toEqual([
        method,
        path,
        status,
        "application/problem+json",
      ]);
    }
    const id = await follow();
    expect((await door.api("PATCH", `/sources/${id}`, { body: { status: "gone" } })).status).toBe(422);
  });

  it("are read by viewers and changed by editors only", async () => {
    const id = await follow();
    const { key } = (await door.api("POST", "/editors", { body: { name: "Reader", role: "viewer" } })).json;
    const as = { key: String(key) };
    expect((await door.api("GET", "/sources", as)).status).toBe(200);
    expect((await door.api("GET", `/sources/${id}`, as)).status).toBe(200);
    for (const [method, path] of [
      ["POST", "/sources"],
      ["PATCH", `/sources/${id}`],
      ["DELETE", `/sources/${id}`],
      ["POST", `/sources/${id}/poll`],
    ] as const)
      expect((await door.api(method, path, { ...as, body: { url: publisher.origin, status: "paused" } })).status).toBe(
        403,
      );
    expect((await door.api("GET", "/sources", { key: null })).status).toBe(401);
  });

  it("that fail are counted in the metrics", async () => {
    await follow();
    await door.work();
    await publisher.down();
    door.clock.advance(3_600_000);
    await door.api("POST", `/sources/${await idOf()}/poll`);
    await door.work();
    door.clock.advance(86_400_000);
    const metrics = await door.request("/metrics", { headers: { authorization: "Bearer test-admin-key-0123456789" } });
    expect(await metrics.text()).toContain('newsletter_sources{status="failing"} 1');
  });
});

async function idOf(): Promise<unknown> {
  const { sources } = (await door.api("GET", "/sources")).json as { sources: { id: string }[] };
  return sources[0]?.id;
}
