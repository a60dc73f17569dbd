import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { addEditor } from "../../src/editors/index.ts";
import { storeArticles } from "../support/articles.ts";
import { type Door, openDoor } from "./door.ts";

let door: Door;
beforeEach(async () => {
  door = await openDoor();
});
afterEach(() => door.close());

describe("GET /reviews/due", () => {
  beforeEach(() =>
    storeArticles(door.ctx, [
      { slug: "one", reviewedOn: "2020-01-01", reviewers: ["Dr. Ana Ruiz", "A panel"] },
      { slug: "two", reviewedOn: "2020-01-01" },
      { slug: "three", title: "=1+1", publishedOn: "2021-05" },
      { slug: "fresh", reviewedOn: "2026-01-01" },
    ]),
  );

  it("gives the list in pages, each article once", async () => {
    const first = await door.api("GET", "/reviews/due?limit=2");
    expect(first.json).toMatchObject({ reviewMonths: 12, articles: [{ slug: "one" }, { slug: "two" }] });
    const rest = await door.api("GET", `/reviews/due?limit=2&cursor=${first.json.next}`);
    expect(rest.json).toMatchObject({ articles: [{ slug: "three", basis: "published", months: 55 }], next: null });
  });

  it("refuses a cursor that is none of its own", async () => {
    const foreign = Buffer.from("after 12").toString("base64url");
    for (const cursor of ["x", foreign]) {
      const { status, json } = await door.api("GET", `/reviews/due?cursor=${cursor}`);
      expect([status, json.errors]).toEqual([422, [expect.objectContaining({ field: "cursor" })]]);
    }
  });

  it("gives the whole of it as CSV that no spreadsheet takes for formulas", async () => {
    const { text, headers } = await door.api("GET", "/reviews/due", { headers: { accept: "text/csv" } });
    expect(headers.get("content-disposition")).toContain("reviews-due.csv");
    expect(text.split("\n")).toEqual([
      "slug,url,title,basis,since,months,monthsOverdue,reviewers",
      "one,https://calm.example/one,one,reviewed,2020-01-01,72,60,Dr. Ana Ruiz; A panel",
      "two,https://calm.example/two,two,reviewed,2020-01-01,72,60,",
      "three,https://calm.example/three,'=1+1,published,2021-05,55,43,",
      "",
    ]);
  });
});

describe("/editors/me/reminders", () => {
  const path = "/editors/me/reminders";

  it("is each editor's own wish, in any role", async () => {
    const { key } = await addEditor(door.ctx, { name: "Ana", role: "viewer" });
    const other = await addEditor(door.ctx, { name: "Ben", role: "admin" });
    expect((await door.api("GET", path, { key })).json).toEqual({ email: null, locale: null });
    const put = await door.api("PUT", path, { key, body: { email: "Ana@example.org", locale: "es" } });
    expect([put.status, put.json]).toEqual([200, { email: "Ana@example.org", locale: "es" }]);
    const got = await door.api("GET", path, { key });
    expect([got.json, got.headers.get("cache-control")]).toEqual([put.json, "no-store"]);
    expect((await door.api("GET", path, { key: other.key })).json).toEqual({ email: null, locale: null });
    expect((await door.api("GET", "/editors")).text).not.toContain("example.org");
    expect((await door.api("DELETE", path, { key })).status).toBe(204);
    expect((await door.api("GET", path, { key })).json).toEqual({ email: null, locale: null });
  });

  it("says which field is wrong", async () => {
    const { key } = await addEditor(door.ctx, { name: "Ana", role: "viewer" });
    for (const body of [{}, { email: "nobody" }, { email: 7 }]) {
      const { status, json } = await door.api("PUT", path, { key, body });
      expect([status, json.errors]).toEqual([422, [expect.objectContaining({ field: "email" })]]);
    }
    const { json } = await door.api("PUT", path, { key, body: { email: "a@example.org", locale: "xx" } });
    expect(json.errors).toEqual([expect.objectContaining({ field: "locale" })]);
  });

  it("tells the holder of the bootstrap key to use a key of their own", async () => {
    for (const [method, body] of [["GET"], ["PUT", { email: "a@example.org" }], ["DELETE"]] as const) {
      const { status, json } = await door.api(method, path, { body });
      expect([status, json.detail]).toEqual([409, expect.stringContaining("bootstrap key")]);
    }
  });
});
