import fc from "fast-check";
import { describe, expect, inject, it } from "vitest";
import { freshDatabaseUrl } from "../support/services/fresh.ts";
import { busyStory, play, playSlowly, story } from "./story.ts";
import { NOTHING_WRONG } from "./verdict.ts";

describe("each reader's rhythm", () => {
  it("tells every reader every event once and in its hour, whatever they change and whenever", async () => {
    const property = fc.asyncProperty(story, async (tale) => {
      expect(await play(tale)).toMatchObject(NOTHING_WRONG);
    });
    await fc.assert(property, { numRuns: 10 });
  }, 120_000);

  it("does so on PostgreSQL", async () => {
    const property = fc.asyncProperty(story, async (tale) => {
      expect(await play(tale, { DATABASE_URL: await freshDatabaseUrl(inject) })).toMatchObject(NOTHING_WRONG);
    });
    await fc.assert(property, { numRuns: 2 });
  }, 120_000);

  it("repeats and loses nothing when readers change while an edition is planned and sent", async () => {
    const property = fc.asyncProperty(busyStory, fc.constantFrom(0, 0, 1, 2), async (tale, jobs) => {
      expect(await playSlowly({ ...tale, cap: null }, jobs)).toMatchObject(NOTHING_WRONG);
    });
    await fc.assert(property, { numRuns: 12 });
  }, 120_000);
});
