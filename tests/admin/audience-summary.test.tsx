import { describe, expect, it } from "vitest";
import type { AudienceReport } from "../../src/digests/index.ts";
import { AudienceSummary } from "../../src/http/admin/audience-summary.tsx";

const REPORT: AudienceReport = {
  frozen: false,
  status: "draft",
  candidates: 5040,
  receiving: 4912,
  excluded: { paused: 40, "nothing-new": 87, "address-refused": 1, "weekly-cap": 0 },
  deliveries: null,
  skipped: {},
  summary: "5,040 readers match, 4,912 will get it.",
};

const cells = (html: string) =>
  [...html.matchAll(/<th scope="row">(.*?)<\/th><td class="number">(.*?)<\/td>/g)].map(([, name, count]) => [
    name,
    count,
  ]);

describe("who gets a digest, on the desk", () => {
  it("is said in a sentence, then in numbers that add up, the most frequent reason first", () => {
    const html = String(<AudienceSummary audience={REPORT} />);
    expect(html).toContain("<p>5,040 readers match, 4,912 will get it.</p>");
    expect(cells(html)).toEqual([
      ["Match", "5,040"],
      ["Get it", "4,912"],
      ["Do not get it", "128"],
      ["Have nothing new in it", "87"],
      ["Have paused", "40"],
      ["Has an address that the provider refuses again and again", "1"],
    ]);
    expect(html).toContain("Counted as of now.");
  });

  it("names no reason where nobody is left out, and warns of no change once it is decided", () => {
    const all = { ...REPORT, frozen: true, receiving: 5040, excluded: {}, deliveries: { submitted: 5040 } };
    const html = String(<AudienceSummary audience={all} />);
    expect(cells(html)).toHaveLength(2);
    expect(html).not.toContain("Counted as of now.");
  });
});
