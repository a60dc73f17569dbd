import fc from "fast-check";
import { acts, play } from "./correction-acts.ts";

const [runs, seed, fail] = process.argv.slice(2);
const started = Date.now();
const result = await fc.check(
  fc.asyncProperty(fc.array(acts, { minLength: 10, maxLength: 60, size: "max" }), async (list) => {
    const faults = await play(list);
    if (faults.length > 0) throw new Error(faults.join("; "));
  }),
  { numRuns: Number(runs), seed: Number(seed), endOnFailure: fail === "fast", interruptAfterTimeLimit: 170_000 },
);
console.log(result.failed, result.numRuns, result.numShrinks, result.interrupted, Date.now() - started, "ms");
if (result.failed) {
  console.log(result.errorInstance && String((result.errorInstance as Error).stack).slice(0, 1500));
  console.log(JSON.stringify(result.counterexample?.[0]).replaceAll("},{", "},\n{"));
}
process.exit(0);
