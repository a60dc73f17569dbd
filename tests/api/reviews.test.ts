import { afterEach, beforeEach, describe, expect, it } from "vitest";
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
