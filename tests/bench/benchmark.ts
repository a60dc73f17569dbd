import type { DatabaseName, QueueName } from "../support/installation.ts";

export interface BenchOptions {
  /** Readers, sign-ups or lines; each benchmark has its own default. */
  subscribers: number;
  db: DatabaseName;
  queue: QueueName;
  /** Whether to tell where the time went; `send` alone can. */
  profile: boolean;
  /** What goes on, for people. */
  say: (line: string) => void;
}

/** What a benchmark found. Figures mean little across machines, so each comes with the ceiling of the same run. */
export interface Findings {
  figure: number;
  unit: string;
  /** What the figure is compared with, in the same unit. */
  ceiling: number;
  /** How close the figure comes to the ceiling; 1 is as good as it. */
  ratio: number;
  /** Of the process that did the work, megabytes. */
  peakRssMb: number;
  [more: string]: number | string;
}

export interface Benchmark {
  about: string;
  subscribers: number;
  run(options: BenchOptions): Promise<Findings>;
}

/** Peak resident memory of this process so far, megabytes. */
export function peakRssMb(): number {
  return process.resourceUsage().maxRSS / 1024;
}

/** Milliseconds that `work` took. */
export async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

/** The value below which this share of them lies. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}
