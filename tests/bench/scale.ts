import { writeFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import type { Benchmark, BenchOptions, Findings } from "./benchmark.ts";
import { plan } from "./plan.ts";
import { plotCosts } from "./plot.ts";
import { send } from "./send.ts";

const PICTURE = fileURLToPath(new URL("../../docs/images/cost-by-size.svg", import.meta.url));
const SMALLEST = 10_000;

/** Whether a reader costs the same however long the list is; draws the picture of `docs/performance.md`. */
export const scale: Benchmark = {
  about: "what a reader costs at 10,000, 100,000 and 1,000,000: sending and planning; draws the plot of the docs",
  subscribers: 1_000_000,
  run: runScale,
};

async function runScale(options: BenchOptions): Promise<Findings> {
  const sizes: number[] = [];
  for (let size = SMALLEST; size <= options.subscribers; size *= 10) sizes.push(size);
  const found = { send: [] as [number, number][], plan: [] as [number, number][] };
  let last: Findings | undefined;
  for (const subscribers of sizes) {
    last = await send.run({ ...options, subscribers });
    const planned = await plan.run({ ...options, subscribers });
    found.send.push([subscribers, Number(last.microsecondsPerReader)]);
    found.plan.push([subscribers, 1_000_000 / planned.figure]);
    options.say(`${subscribers}: ${JSON.stringify({ send: last, plan: planned })}`);
  }
  const series = [
    { name: `send on ${options.db} and ${options.queue}`, colour: "#0b6e99", points: found.send },
    { name: "of that, planning", colour: "#b3541e", points: found.plan },
  ];
  await writeFile(PICTURE, plotCosts("Microseconds a reader, by list size", series));
  const [smallest = 0, largest = 0] = [found.send[0]?.[1], found.send.at(-1)?.[1]];
  return {
    figure: largest,
    unit: "µs a reader at the largest size",
    ceiling: smallest,
    ratio: smallest / largest,
    timesTheSmallest: largest / smallest,
    peakRssMb: last?.peakRssMb ?? 0,
    firstAcceptedMs: last?.firstAcceptedMs ?? 0,
    sizes: sizes.join(" "),
    database: options.db,
    queue: options.queue,
  };
}
