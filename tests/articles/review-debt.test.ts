import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { reviewDebt } from "../../src/articles/index.ts";

const dates = (reviewedOn: string | null, updatedOn: string | null = null, publishedOn: string | null = null) => ({
  reviewedOn,
  updatedOn,
  publishedOn,
});
const due = (since: string, today: string, months = 12) => reviewDebt(dates(since), today, months)?.months ?? null;

describe("an article is due for review", () => {
  it.each([
    ["2025-11-25", "2026-11-25", null],
    ["2025-11-24", "2026-11-25", 12],
    ["2024-12-01", "2026-11-30", 23],
    ["2027-01-01", "2026-11-25", null],
  ])("from the day after twelve months: reviewed on %s, on %s that is %s", (since, today, months) => {
    expect(due(since, today)).toBe(months);
  });

  it.each([
    ["2024-02-29", "2025-02-28", null],
    ["2024-02-29", "2025-03-01", 12],
    ["2023-02-28", "2024-02-28", null],
    ["2023-02-28", "2024-02-29", 12],
  ])("over leap days: reviewed on %s, on %s that is %s", (since, today, months) => {
    expect(due(since, today)).toBe(months);
  });

  it.each([
    ["2026-02-28", "2026-03-28", null],
    ["2026-02-28", "2026-03-29", 1],
    ["2026-02-28", "2026-03-31", 1],
    ["2026-01-31", "2026-02-28", null],
    ["2026-01-31", "2026-03-01", 1],
  ])("at the ends of months, when one month is the age: reviewed on %s, on %s that is %s", (since, today, months) => {
    expect(due(since, today, 1)).toBe(months);
  });

  it.each([
    ["2025-11", "2026-11-29", null],
    ["2025-11", "2026-11-30", null],
    ["2025-11", "2026-12-01", 12],
    ["2024-02", "2025-02-28", null],
    ["2024-02", "2025-03-01", 12],
  ])("a month counts from its last day: reviewed in %s, on %s that is %s", (since, today, months) => {
    expect(due(since, today)).toBe(months);
  });

  it("when never reviewed, by the later of update and publication", () => {
    const on = (updated: string | null, published: string | null) =>
      reviewDebt(dates(null, updated, published), "2026-11-25", 12);
    expect(on("2024-05-01", "2020-01")).toEqual({ since: "2024-05-01", basis: "updated", months: 30 });
    expect(on("2019-05-01", "2020-01")).toEqual({ since: "2020-01", basis: "published", months: 81 });
    expect(on(null, "2020-01-09")).toMatchObject({ since: "2020-01-09", basis: "published" });
    expect(on("2026-01-01", "2020-01-09")).toBeNull();
  });

  it("by its review alone once it was reviewed, whatever was updated since", () => {
    expect(reviewDebt(dates("2024-01-09", "2026-11-01"), "2026-11-25", 12)).toMatchObject({ basis: "reviewed" });
  });

  it("never, as far as anyone can tell, without any date", () => {
    expect(reviewDebt(dates(null), "2026-11-25", 12)).toBeNull();
  });

  it("at the same moment for a later review or later, and for good until it is reviewed", () => {
    const day = fc.date({ min: new Date("1990-01-01"), max: new Date("2040-12-31"), noInvalidDate: true });
    const say = (date: Date) => date.toISOString().slice(0, 10);
    const next = (date: Date) => say(new Date(date.getTime() + 86_400_000));
    fc.assert(
      fc.property(day, day, fc.integer({ min: 1, max: 60 }), (since, today, months) => {
        const found = due(say(since), say(today), months);
        const later = due(say(since), next(today), months);
        expect(found ?? months).toBeGreaterThanOrEqual(months);
        if (found !== null) expect(later).toBeGreaterThanOrEqual(found);
        if (found === null) expect(due(next(since), say(today), months)).toBeNull();
        if (found === null && later !== null) expect(later).toBe(months);
      }),
    );
  });
});
