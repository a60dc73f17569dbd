import { describe, expect, it } from "vitest";
import { contentHash, sameText } from "../../src/articles/content-hash.ts";
import { extract } from "../../src/articles/index.ts";
import { ADDRESS, fixture } from "./pages.ts";

const page = fixture("light-therapy");
const of = (html: string) => extract(html, ADDRESS).article;
const original = of(page);

describe("the hash of a version", () => {
  it.each([
    ["typography", page.replaceAll("&#x27;", "’").replaceAll("$95-160", "$95–160")],
    ["white space and line breaks", page.replaceAll("</p>", "\n\n  </p>").replaceAll(". ", ".\u00a0 ")],
    ["markup", page.replaceAll("<p>", '<div class="x"><b>').replaceAll("</p>", "</b></div>")],
    ["the print copy", page.replace(/<div class="print"[\s\S]*?<h2>References/, "<h2>References")],
  ])("is the same after a change of %s", (_, html) => {
    expect(html).not.toBe(page);
    expect(contentHash(of(html))).toBe(contentHash(original));
  });

  it.each([
    ["a word", page.replaceAll("twenty", "forty")],
    ["a number", page.replaceAll("$95-160", "$95-170")],
    ["the day of review", page.replace("Last Reviewed: February 10", "Last Reviewed: February 11")],
    ["the reviewers", page.replace("Calm Pages Review Panel", "Ana Ruiz, MD")],
    ["a reference", page.replace("2019", "2020")],
    ["a heading", page.replaceAll("Why mornings", "Why evenings")],
  ])("is another after a change of %s", (_, html) => {
    expect(contentHash(of(html))).not.toBe(contentHash(original));
  });

  it("is another for other dates, while the text stays the same", () => {
    const later = { ...original, reviewedOn: "2026-03-01" };
    expect(contentHash(later)).not.toBe(contentHash(original));
    expect(sameText(later, original)).toBe(true);
    expect(sameText({ ...original, title: "Lamps" }, original)).toBe(false);
  });
});
