import { expect, it } from "vitest";
import { slowProvider } from "./faults.ts";
import { runChaos } from "./run.ts";

const READERS = 5000;
const KILLS = 10;

it.each(["sqlite", "postgres"] as const)(
  "reaches every reader exactly once though its worker is killed ten times and the queue is emptied, on Redis and %s",
  async (db) => {
    const seed = Math.floor(Math.random() * 1e9);
    console.log(`seed ${seed}`);
    const report = await runChaos({
      subscribers: READERS,
      kills: KILLS,
      seed,
      db,
      queue: "redis",
      faults: slowProvider(seed),
      leaving: 0,
      correct: false,
      withinMs: 150_000,
      say: () => undefined,
    });
    expect(report).toMatchObject({
      kills: KILLS,
      flushes: 1,
      status: "sent",
      lost: 0,
      duplicated: 0,
      accepted: READERS,
      candidates: READERS,
      deliveries: READERS,
      excluded: 0,
      wrongCounters: [],
      openBatches: 0,
    });
  },
  180_000,
);
