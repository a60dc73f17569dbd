import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Act } from "./act.ts";
import { editorActs } from "./acts-editors.ts";
import { readerActs } from "./acts-readers.ts";
import { workerActs } from "./acts-workers.ts";
import { begin } from "./begin.ts";
import { settleLife } from "./settle.ts";
import { type Kind, openLife } from "./world.ts";

/** `MODEL_RUNS` times as many runs, for a long night. */
const MORE = Number(process.env.MODEL_RUNS ?? 1);
/** Everyday runs are the same for everybody; `MODEL_RUNS` hunts with other ones, and `MODEL_SEED` repeats one of these. */
const EVERYDAY = process.env.MODEL_RUNS ? {} : { seed: 20_261_125 };
const SEED = process.env.MODEL_SEED ? { seed: Number(process.env.MODEL_SEED) } : EVERYDAY;
const PATH = process.env.MODEL_PATH ? { path: process.env.MODEL_PATH } : {};

const often = (times: number, one: fc.Arbitrary<Act>) => Array.from({ length: times }, () => one);
const acts = [
  ...often(2, readerActs.signUp),
  ...often(2, readerActs.press),
  readerActs.notMe,
  readerActs.leave,
  readerActs.erase,
  readerActs.ban,
  ...often(2, readerActs.change),
  ...often(2, editorActs.publish),
  ...often(4, editorActs.draft),
  ...often(2, editorActs.send),
  editorActs.pause,
  ...often(2, editorActs.resume),
  editorActs.cancel,
  ...often(2, editorActs.retry),
  ...often(3, workerActs.anyJobs),
  ...often(6, workerActs.all),
  ...often(6, workerActs.attempt),
  ...often(2, workerActs.dyingJob),
  ...often(4, workerActs.notice),
  ...often(3, workerActs.refuse),
  workerActs.lose,
  ...often(2, workerActs.sweeping),
  ...often(2, workerActs.later),
];

async function play(kind: Kind, commands: Iterable<Act>): Promise<void> {
  const life = await openLife(kind);
  try {
    await begin(life);
    await fc.asyncModelRun(() => ({ model: life.oracle, real: life.world }), commands);
    await settleLife(life);
  } finally {
    await life.world.close();
  }
}

describe("delivery, whatever happens in whatever order", () => {
  it.each<[Kind["engine"], Kind["provider"], number]>([
    ["sqlite", "scripted", 80],
    ["sqlite", "resend", 8],
    ["postgres", "scripted", 5],
  ])(
    "is on %s with a %s provider what the specification says, for everyone",
    async (engine, provider, runs) => {
      await fc.assert(
        fc.asyncProperty(fc.commands(acts, { maxCommands: 60, size: "max" }), async (commands) => {
          expect(await play({ engine, provider }, commands)).toBeUndefined();
        }),
        { numRuns: Math.ceil(runs * MORE), ...SEED, ...PATH },
      );
    },
    600_000 * Math.max(1, MORE),
  );
});
