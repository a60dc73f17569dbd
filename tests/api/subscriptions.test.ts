import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { importSubscribers } from "../../src/subscribers/index.ts";
import { csv, type Door, line, openDoor } from "./door.ts";

const SITE = "https://calm.example";
let door: Door;
beforeEach(async () => {
  door = await openDoor({ env: { SITE_ORIGINS: SITE } });
});
afterEach(() => door.close());

const post = (body: unknown, headers: Record<string, string> = {}) =>
  door.api("POST", "/subscriptions", { body, key: null, headers });

describe("POST /api/v1/subscriptions", () => {
  it("answers pending, the same for a new, an active and an erased address", async () => {
    await importSubscribers(door.ctx, csv(line("active@example.org"), line("erased@example.org")));
    const { json } = await door.api("POST", "/subscribers/lookup", { body: { email: "erased@example.org" } });
    await door.api("DELETE", `/subscribers/${json.id}`);
    for (const email of ["new@example.org", "active@example.org", "erased@example.org"]) {
      const answer = await post({ email });
      expect([answer.status, answer.json]).toEqual([202, { status: "pending" }]);
    }
  });

  it("takes fields it does not know without a word", async () => {
    expect((await post({ email: "ana@example.org", newsletter: "yes", source: "footer" })).status).toBe(202);
  });

  it("names each wrong field in a problem, and keeps nothing", async () => {
    const answer = await post({ email: "ana@example.org", cadence: "hourly", timezone: "Mars/Olympus" });
    expect([answer.status, answer.headers.get("content-type")]).toEqual([422, "application/problem+json"]);
    const fields = (answer.json.errors as { field: string; text: string }[]).map((error) => error.field);
    expect(fields.sort()).toEqual(["cadence", "timezone"]);
    expect(door.jobs).toEqual([]);
  });

  it.each([{ email: "no-at-sign" }, { email: "a@b" }, { email: "a@example.org\r\nBcc: b@example.org" }, {}])(
    "refuses %j with the field email",
    async (body) => {
      const answer = await post(body);
      expect(answer.status).toBe(422);
      expect(answer.json.errors).toMatchObject([{ field: "email" }]);
      expect(door.jobs).toEqual([]);
    },
  );

  it("refuses a topic the site does not have", async () => {
    const answer = await post({ email: "ana@example.org", topics: ["adhd", "gardening"] });
    expect(answer.status).toBe(422);
    expect(answer.json.errors).toMatchObject([{ field: "topics" }]);
  });

  it("answers 400 to broken JSON, 415 to other types and 413 to what is too large", async () => {
    const send = (body: string, type: string) =>
      door.api("POST", "/subscriptions", { body, key: null, headers: { "content-type": type } });
    for (const [body, type, status] of [
      ["{", "application/json", 400],
      ["email=ana@example.org", "application/x-www-form-urlencoded", 415],
      [JSON.stringify({ email: "a".repeat(200_000) }), "application/json", 413],
    ] as const) {
      const answer = await send(body, type);
      expect([answer.status, answer.headers.get("content-type")]).toEqual([status, "application/problem+json"]);
    }
    expect(door.jobs).toEqual([]);
  });

  it("lets the configured site's pages read the answer, also a refusal, and no others", async () => {
    const preflight = {
      origin: SITE,
      "access-control-request-method": "POST",
      "access-control-request-headers": "content-type",
    };
    const asked = await door.request("/api/v1/subscriptions", { method: "OPTIONS", headers: preflight });
    expect(asked.status).toBe(204);
    expect(asked.headers.get("access-control-allow-origin")).toBe(SITE);
    expect(asked.headers.get("access-control-allow-methods")).toContain("POST");
    expect(asked.headers.get("access-control-allow-headers")?.toLowerCase()).toContain("content-type");
    const taken = await post({ email: "ana@example.org" }, { origin: SITE });
    expect(taken.headers.get("access-control-allow-origin")).toBe(SITE);
    const refused = await post({ email: "ana" }, { origin: SITE });
    expect([refused.status, refused.headers.get("access-control-allow-origin")]).toEqual([422, SITE]);
    const stranger = await post({ email: "ana@example.org" }, { origin: "https://elsewhere.example" });
    expect(stranger.headers.get("access-control-allow-origin")).toBeNull();
  });

  it("gives the topics to anyone, in the site's order", async () => {
    const answer = await door.api("GET", "/topics", { key: null });
    const topics = answer.json.topics as { slug: string; name: string; group: string }[];
    expect(topics.length).toBe(15);
    expect(topics.find((topic) => topic.slug === "adhd")).toMatchObject({ name: "ADHD" });
  });
});
