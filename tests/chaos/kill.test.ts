import { afterAll, beforeAll, expect, it } from "vitest";
import { type Built, buildPlatform } from "./build.ts";
import { badProvider } from "./faults.ts";
import { faultsFound } from "./report.ts";
import { runChaos } from "./run.ts";

const READERS = 1000;
const KILLS = 5;

let built: Built;
beforeAll(async () => {
  built = await buildPlatform();
}, 60_000);
afterAll(() => built.remove());

it.each([
  ["sqlite", "memory"],
  ["postgres", "redis"],
] as const)(
  "reaches every reader exactly once though the platform and its servers are killed and the provider fails, on %s and %s",
  async (db, queue) => {
    const seed = Math.floor(Math.random() * 1e9);
    console.log(`seed ${seed}`);
    const report = await runChaos({
      subscribers: READERS,
      kills: KILLS,
      seed,
      db,
      queue,
      faults: badProvider(seed),
      leaving: 10,
      joining: 3,
      correct: false,
      root: built.root,
      withinMs: 150_000,
      say: () => undefined,
    });
    expect(faultsFound(report)).toEqual({});
    expect(report).toMatchObject({ lost: 0, duplicated: 0, status: "sent", joined: 3 });
    expect(Object.values(report.kills).reduce((sum, count) => sum + count, 0)).toBe(KILLS);
  },
  180_000,
);
