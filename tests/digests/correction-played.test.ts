import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { acts, play } from "./correction-acts.ts";

/** About a quarter of a minute's worth. */
const RUNS = 40;

describe("corrections, whatever happens in whatever order", () => {
  it("reach exactly those who were told the mistake, once each, and nobody is told it after it was known", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(acts, { minLength: 10, maxLength: 60, size: "max" }), async (list) => {
        expect(await play(list)).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  }, 120_000);
});
