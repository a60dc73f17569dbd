import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { editionDue } from "../../src/digests/due.ts";

const calendar = { sendHour: 8, sendDay: 2 };
const at = (iso: string) => Date.parse(iso);

describe("the edition that is due", () => {
  it("is today's from the sending hour on, and yesterday's before", () => {
    expect(editionDue("daily", "UTC", at("2026-01-13T07:59:59Z"), calendar)).toBe("2026-01-12");
    expect(editionDue("daily", "UTC", at("2026-01-13T08:00:00Z"), calendar)).toBe("2026-01-13");
  });

  it("goes by the reader's own clock", () => {
    expect(editionDue("daily", "America/Los_Angeles", at("2026-01-13T15:59:00Z"), calendar)).toBe("2026-01-12");
    expect(editionDue("daily", "America/Los_Angeles", at("2026-01-13T16:00:00Z"), calendar)).toBe("2026-01-13");
    expect(editionDue("daily", "Asia/Kathmandu", at("2026-01-13T02:14:00Z"), calendar)).toBe("2026-01-12");
    expect(editionDue("daily", "Asia/Kathmandu", at("2026-01-13T02:15:00Z"), calendar)).toBe("2026-01-13");
  });

  it("keeps its hour on the days the clocks change", () => {
    expect(editionDue("daily", "Europe/Madrid", at("2026-03-29T05:59:00Z"), calendar)).toBe("2026-03-28");
    expect(editionDue("daily", "Europe/Madrid", at("2026-03-29T06:00:00Z"), calendar)).toBe("2026-03-29");
    expect(editionDue("daily", "Europe/Madrid", at("2026-10-25T06:59:00Z"), calendar)).toBe("2026-10-24");
    expect(editionDue("daily", "Europe/Madrid", at("2026-10-25T07:00:00Z"), calendar)).toBe("2026-10-25");
  });

  it("is on Tuesday for the weekly one, and on the first Tuesday for the monthly one", () => {
    expect(editionDue("weekly", "UTC", at("2026-01-13T08:00:00Z"), calendar)).toBe("2026-01-13");
    expect(editionDue("weekly", "UTC", at("2026-01-19T23:00:00Z"), calendar)).toBe("2026-01-13");
    expect(editionDue("monthly", "UTC", at("2026-01-31T12:00:00Z"), calendar)).toBe("2026-01-06");
    expect(editionDue("monthly", "UTC", at("2026-01-06T07:00:00Z"), calendar)).toBe("2025-12-02");
  });

  it("never goes back as time goes on, in any zone", () => {
    const zones = ["UTC", "Europe/Madrid", "America/New_York", "Pacific/Apia", "Asia/Kolkata", "Australia/Lord_Howe"];
    fc.assert(
      fc.property(
        fc.constantFrom(...zones),
        fc.constantFrom("daily" as const, "weekly" as const, "monthly" as const),
        fc.integer({ min: at("2024-01-01"), max: at("2030-01-01") }),
        fc.integer({ min: 0, max: 40 * 86_400_000 }),
        (zone, cadence, now, later) => {
          expect(editionDue(cadence, zone, now + later, calendar) >= editionDue(cadence, zone, now, calendar)).toBe(
            true,
          );
        },
      ),
    );
  });
});
