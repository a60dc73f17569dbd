import { describe, expect, it } from "vitest";
import { contentHash } from "../../src/articles/content-hash.ts";
import { decideEvent, type KnownArticle } from "../../src/articles/decide-event.ts";
import { extract, type VersionContent } from "../../src/articles/index.ts";
import { ADDRESS, fixture } from "./pages.ts";

const TODAY = "2026-03-01";
const base: VersionContent = { ...extract(fixture("light-therapy"), ADDRESS).article, reviewedOn: "2026-02-10" };

function known(...versions: VersionContent[]): KnownArticle {
  return {
    latest: versions.at(-1) ?? base,
    hashes: versions.map(contentHash),
    reviewDays: versions.flatMap(({ reviewedOn }) => reviewedOn ?? []),
  };
}
const decide = (before: KnownArticle | null, incoming: VersionContent, backfill = false) => {
  const { version, event } = decideEvent(before, incoming, TODAY, backfill);
  return [version, event];
};
const reviewed = (reviewedOn: string | null, more: Partial<VersionContent> = {}) => ({ ...base, reviewedOn, ...more });

describe("what counts as an article event", () => {
  it("is the first sight of a page", () => {
    expect(decide(null, base)).toEqual([true, "published"]);
  });

  it("is a day of review that moved forward, whether the text changed or not", () => {
    expect(decide(known(base), reviewed("2026-02-20"))).toEqual([true, "re-reviewed"]);
    expect(decide(known(base), reviewed("2026-02-20", { title: "Lamps" }))).toEqual([true, "re-reviewed"]);
  });

  it("is not the backlog at set-up", () => {
    expect(decide(null, base, true)).toEqual([true, null]);
    expect(decide(known(base), reviewed("2026-02-20"), true)).toEqual([true, null]);
  });

  it("is not the same page again", () => {
    expect(decide(known(base), { ...base })).toEqual([false, null]);
  });

  it("is not a change of text or other dates alone", () => {
    expect(decide(known(base), { ...base, summary: "Other." })).toEqual([true, null]);
    expect(decide(known(base), { ...base, updatedOn: "2026-02-28" })).toEqual([true, null]);
  });

  it("is not an older state of the page, nor the newer one that follows it again", () => {
    const old = reviewed("2025-01-01");
    expect(decide(known(base), old)).toEqual([true, null]);
    expect(decide(known(base, old), base)).toEqual([true, null]);
    expect(decide(known(old, base), old)).toEqual([false, null]);
  });

  it("is not the same review told less or more exactly", () => {
    expect(decide(known(reviewed("2026-02")), reviewed("2026-02-10"))).toEqual([true, null]);
    expect(decide(known(reviewed("2026-02-10")), reviewed("2026-02"))).toEqual([true, null]);
  });

  it("is a first day of review only when it is later than every day known before", () => {
    expect(decide(known(reviewed(null, { updatedOn: "2024-01-01" })), reviewed("2026-02-10"))).toEqual([
      true,
      "re-reviewed",
    ]);
    expect(decide(known(reviewed(null, { updatedOn: "2026-02-10" })), reviewed("2026-02-10"))).toEqual([true, null]);
    expect(decide(known(reviewed(null, { publishedOn: null, updatedOn: null })), reviewed("2026-02-10"))).toEqual([
      true,
      null,
    ]);
  });

  it("is not silenced for good by a review once misdated into the future", () => {
    expect(decide(known(reviewed("2025-01-01"), reviewed("2062-01-09")), base)).toEqual([true, "re-reviewed"]);
  });

  it("is not a review that the page no longer tells", () => {
    expect(decide(known(base), reviewed(null))).toEqual([true, null]);
  });
});
