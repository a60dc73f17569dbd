import { Writable } from "node:stream";
import { pino } from "pino";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openReader, type Reader } from "./reader.ts";

let reader: Reader;
beforeEach(async () => {
  reader = await openReader({ env: { SITE_ORIGINS: "https://calm.example" } });
});
afterEach(() => reader.close());

const email = "ana@example.org";

describe("forms from elsewhere", () => {
  it.each([
    ["another origin", { origin: "https://evil.example" }],
    ["another site, as the browser says", { "sec-fetch-site": "cross-site" }],
    ["an origin that hides", { origin: "null" }],
    ["a sister site", { origin: "https://other.calm.example", "sec-fetch-site": "same-site" }],
  ])("are refused from %s", async (_, headers) => {
    const path = await reader.join(email);
    const before = await reader.rows();
    for (const target of ["/subscribe", path]) {
      const page = await reader.post(target, { email: "new@example.org" }, headers);
      expect(page.status).toBe(403);
      expect(page.headers.get("content-type")).toContain("text/html");
    }
    expect(await reader.rows()).toBe(before);
  });

  it.each([
    ["our own origin", { origin: "http://localhost:3000" }],
    ["our own page that sends no referrer", { origin: "null", "sec-fetch-site": "same-origin" }],
    ["a configured site, for signing up", { origin: "https://calm.example", "sec-fetch-site": "cross-site" }],
  ])("pass from %s", async (_, headers) => {
    expect((await reader.post("/subscribe", { email }, headers)).status).toBe(200);
    expect(await reader.ctx.db.selectFrom("subscription_request").selectAll().execute()).toHaveLength(1);
  });

  it("may not change preferences from a configured site", async () => {
    const path = await reader.join(email);
    expect((await reader.post(path, {}, { origin: "https://calm.example" })).status).toBe(403);
  });
});

describe("what does not fit", () => {
  it("is a readable page for readers", async () => {
    const missing = await reader.app.request("/no-such-page");
    expect([missing.status, missing.headers.get("content-type")]).toEqual([404, "text/html; charset=UTF-8"]);
    const method = await reader.app.request("/subscribe", { method: "DELETE" });
    expect([method.status, method.headers.get("allow")]).toEqual([405, "GET, HEAD, POST, OPTIONS"]);
    expect((await reader.app.request("/archive/unknown")).status).toBe(404);
    expect((await reader.app.request("/changes/unknown")).status).toBe(404);
  });

  it("is a problem for programs", async () => {
    for (const [path, method, status] of [
      ["/api/v1/no-such-thing", "GET", 404],
      ["/api/v1/topics", "DELETE", 405],
      ["/healthz", "POST", 405],
    ] as const) {
      const answer = await reader.app.request(path, { method });
      expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
      expect(await answer.json()).toMatchObject({ type: "about:blank", status });
    }
  });

  it("is refused when it is too large, with or without a declared length", async () => {
    const body = `email=${"a".repeat(200_000)}`;
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const declared = { ...headers, "content-length": String(body.length) };
    expect((await reader.app.request("/subscribe", { method: "POST", body, headers: declared })).status).toBe(413);
    const stream = new Blob([body]).stream();
    const streamed = new Request("http://localhost:3000/subscribe", {
      method: "POST",
      body: stream,
      headers,
      duplex: "half",
    });
    expect((await reader.app.request(streamed)).status).toBe(413);
    expect(await reader.ctx.db.selectFrom("subscription_request").selectAll().execute()).toEqual([]);
  });

  it("says nothing of its cause when the fault is ours", async () => {
    await reader.ctx.db.schema.dropTable("topic").execute();
    const page = await reader.app.request("/subscribe");
    const html = await page.text();
    expect(page.status).toBe(500);
    expect(html).toContain(page.headers.get("x-request-id"));
    expect(html).not.toMatch(/topic|sql/i);
  });
});

describe("headers", () => {
  it("allow no inline script or style, no frame and no foreign source", async () => {
    for (const path of ["/", "/subscribe", "/archive", "/mailbox", "/no-such-page"]) {
      const policy = (await reader.app.request(path)).headers.get("content-security-policy") ?? "";
      expect(policy).toContain("default-src 'none'");
      expect(policy).toContain("frame-ancestors 'none'");
      expect(policy).not.toContain("unsafe");
    }
    const html = await (await reader.app.request("/subscribe")).text();
    expect(html).not.toMatch(/<style|\sstyle=|<script(?![^>]*\ssrc=)|\son[a-z]+=/);
    expect(html).not.toMatch(/(?:src|href)="https?:\/\/(?!localhost:3000)/);
  });

  it("promise https only where the address is https", async () => {
    expect((await reader.app.request("/")).headers.get("strict-transport-security")).toBeNull();
  });

  it("let assets be kept for good", async () => {
    const html = await (await reader.app.request("/")).text();
    for (const [path] of html.matchAll(/\/assets\/(?:site|page)-[^"]+/g)) {
      const asset = await reader.app.request(path);
      expect([asset.status, asset.headers.get("cache-control")]).toEqual([200, "public, max-age=31536000, immutable"]);
    }
  });
});

describe("the log", () => {
  it("names routes, and neither tokens nor addresses", async () => {
    const lines: string[] = [];
    const sink = new Writable({
      write: (chunk, _encoding, done) => {
        lines.push(String(chunk));
        done();
      },
    });
    const logged = await openReader({ log: pino({ level: "info" }, sink) });
    const path = await logged.join(email);
    await logged.app.request(`${path}x`);
    await logged.app.request(`/nowhere/${email}`);
    await logged.close();
    const log = lines.join("");
    expect(log).toContain('"route":"/preferences/:token"');
    expect(log).toContain('"route":"unmatched"');
    expect(log).not.toContain(path.split("/").at(-1));
    expect(log).not.toContain(email);
  });
});

describe("the visitor's address", () => {
  it("comes from the last entry of the configured header, and from no other", async () => {
    const behind = await openReader({ env: { SIGNUPS_PER_RANGE: "1", CLIENT_IP_HEADER: "X-Forwarded-For" } });
    const from = (list: string) => behind.post("/subscribe", { email }, { "x-forwarded-for": list });
    expect((await from("203.0.113.1, 198.51.100.7")).status).toBe(200);
    expect((await from("192.0.2.99, 198.51.100.7")).status).toBe(429);
    expect((await from("198.51.100.7, 203.0.113.1")).status).toBe(200);
    await behind.close();
  });
});
