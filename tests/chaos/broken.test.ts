import { expect, it } from "vitest";
import type { Break } from "./broken.ts";
import { buildPlatform } from "./build.ts";
import { badProvider } from "./faults.ts";
import { isSound } from "./report.ts";
import { runChaos } from "./run.ts";

/** A few readers, one kill, and a provider that fails often enough. */
async function runBroken(broken: Break, seed: number) {
  const built = await buildPlatform(broken);
  try {
    return await runChaos({
      subscribers: 300,
      kills: 1,
      seed,
      db: "sqlite",
      queue: "memory",
      faults: badProvider(seed),
      leaving: 0,
      joining: 0,
      correct: false,
      root: built.root,
      withinMs: 12_000,
      say: () => undefined,
    });
  } finally {
    await built.remove();
  }
}

it("finds readers who are written to twice when each attempt has a key of its own", async () => {
  const report = await runBroken("key-per-attempt", 7);
  expect(report.duplicated).toBeGreaterThan(0);
  expect(isSound(report)).toBe(false);
}, 120_000);

it("finds readers whom nobody wrote to when the acceptance is written down before the provider is asked", async () => {
  const report = await runBroken("commit-before-send", 7);
  expect(report.lost).toBeGreaterThan(0);
  expect(isSound(report)).toBe(false);
}, 120_000);
