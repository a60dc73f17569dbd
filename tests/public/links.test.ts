import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { takeIn } from "../../src/articles/index.ts";
import { draftDigest, sendDigest } from "../../src/digests/index.ts";
import { articlePage } from "../support/article-page.ts";
import { openReader, type Reader } from "./reader.ts";

const ANA = "ana@example.org";

let reader: Reader;
beforeEach(async () => {
  reader = await openReader();
});
afterEach(() => reader.close());

describe("links in mails", () => {
  it("change no row when they are fetched by GET, HEAD or OPTIONS", async () => {
    await reader.join(ANA);
    await takeIn(reader.ctx, { html: articlePage(), url: "https://calm.example/depression/morning-light" });
    const digest = await draftDigest(reader.ctx, {});
    await sendDigest(reader.ctx, digest.uid);
    await reader.work();
    await reader.post("/subscribe", { email: "pending@example.org" });
    await reader.work();
    const links = new Set<string>();
    for (const { html, text, headers } of await reader.mails()) {
      for (const part of [html, text, headers["List-Unsubscribe"] ?? ""]) {
        for (const [, path] of part.matchAll(/http:\/\/localhost:3000(\/[^\s"'<>)]+)/g)) links.add(path ?? "");
      }
    }
    const kinds = new Set([...links].map((path) => path.split("/")[1]));
    expect([...kinds].sort()).toEqual(["archive", "confirm", "not-me", "preferences", "unsubscribe"]);
    const before = await reader.rows();
    for (const path of links) {
      for (const method of ["GET", "HEAD", "OPTIONS"]) {
        const { status } = await reader.app.request(path, { method });
        expect([200, 204], `${method} ${path}`).toContain(status);
      }
    }
    expect(await reader.rows()).toBe(before);
  });

  it.each(["confirm", "not-me", "unsubscribe", "preferences"])(
    "open a readable page when the %s token is bad",
    async (purpose) => {
      const good = await reader.join(ANA);
      const before = await reader.rows();
      for (const token of ["x", "%00", "a".repeat(5000), good.split("/").at(-1)?.slice(0, -2) ?? ""]) {
        for (const method of ["GET", "POST"]) {
          const page = await reader.app.request(`/${purpose}/${token}`, { method });
          expect(page.status).toBe(404);
          expect(page.headers.get("content-type")).toContain("text/html");
          expect(await page.text()).toContain("This link does not open anything");
        }
      }
      expect(await reader.rows()).toBe(before);
    },
  );

  it("do not work for another purpose", async () => {
    const token = (await reader.join(ANA)).split("/").at(-1);
    for (const purpose of ["confirm", "not-me", "unsubscribe"]) {
      expect((await reader.post(`/${purpose}/${token}`)).status).toBe(404);
    }
    expect(await reader.status()).toEqual(["active"]);
  });

  it("are kept out of caches, search engines and referrers", async () => {
    const { headers } = await reader.app.request(await reader.join(ANA));
    expect(headers.get("cache-control")).toBe("no-store");
    expect(headers.get("x-robots-tag")).toBe("noindex");
    expect(headers.get("referrer-policy")).toBe("no-referrer");
  });
});

describe("confirming", () => {
  it("takes the button, once or twice, and says when the next edition is", async () => {
    await reader.post("/subscribe", { email: ANA });
    await reader.work();
    const path = await reader.link(ANA, "confirm");
    expect(await (await reader.app.request(path)).text()).toContain("Yes, subscribe me");
    expect(await reader.status()).toEqual(["pending"]);
    for (const time of ["once", "twice"]) {
      const page = await (await reader.post(path)).text();
      expect(page, time).toContain("You are in");
      expect(page, time).toContain("Tuesday, January 13, 2026");
    }
    await reader.work();
    expect(await reader.status()).toEqual(["active"]);
    expect(await reader.mails()).toHaveLength(2);
    expect(await (await reader.app.request(path)).text()).toContain("You are already in");
  });

  it("says that the link has expired after three days, and offers another", async () => {
    await reader.post("/subscribe", { email: ANA });
    await reader.work();
    const path = await reader.link(ANA, "confirm");
    reader.clock.advance(72 * 3_600_000 + 1);
    for (const method of ["GET", "POST"]) {
      const page = await reader.app.request(path, { method });
      expect(page.status).toBe(410);
      expect(await page.text()).toContain('href="/subscribe"');
    }
    expect(await reader.status()).toEqual(["pending"]);
  });

  it("forgets a request that someone else made", async () => {
    await reader.post("/subscribe", { email: ANA });
    await reader.work();
    const path = await reader.link(ANA, "not-me");
    expect((await reader.app.request(path)).status).toBe(200);
    expect(await reader.status()).toEqual(["pending"]);
    expect(await (await reader.post(path)).text()).toContain("Forgotten");
    expect(await reader.status()).toEqual([]);
  });
});

describe("leaving", () => {
  it("takes one button on a page, at any age of the link", async () => {
    await reader.join(ANA);
    const path = await reader.link(ANA, "unsubscribe");
    reader.clock.advance(10 * 365 * 86_400_000);
    expect(await (await reader.app.request(path)).text()).toContain("<form");
    expect(await (await reader.post(path)).text()).toContain("You have left");
    expect(await reader.status()).toEqual(["unsubscribed"]);
    expect((await reader.post(path)).status).toBe(200);
  });

  const multipart = () => {
    const form = new FormData();
    form.set("List-Unsubscribe", "One-Click");
    return form;
  };
  it.each([
    ["urlencoded", () => new URLSearchParams({ "List-Unsubscribe": "One-Click" })],
    ["multipart", multipart],
  ])("takes a mailbox provider's one click, %s, with a bare answer", async (_, body) => {
    await reader.join(ANA);
    const path = await reader.link(ANA, "unsubscribe");
    const answer = await reader.app.request(path, { method: "POST", body: body() });
    expect(answer.status).toBe(200);
    expect(answer.headers.get("content-type")).toContain("text/plain");
    expect(answer.headers.get("location")).toBeNull();
    expect(answer.headers.get("set-cookie")).toBeNull();
    expect(await reader.status()).toEqual(["unsubscribed"]);
    const unknown = await reader.app.request("/unsubscribe/unknown", { method: "POST", body: body() });
    expect(unknown.status).toBe(404);
  });

  it("does not fail over a body that cannot be read", async () => {
    await reader.join(ANA);
    const headers = { "content-type": "multipart/form-data; boundary=none" };
    const answer = await reader.app.request(await reader.link(ANA, "unsubscribe"), {
      method: "POST",
      body: "broken",
      headers,
    });
    expect(answer.status).toBe(200);
    expect(await reader.status()).toEqual(["unsubscribed"]);
  });
});
