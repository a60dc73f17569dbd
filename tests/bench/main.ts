import { parseArgs } from "node:util";
import type { DatabaseName, QueueName } from "../support/installation.ts";
import { admin } from "./admin.ts";
import type { Benchmark, Findings } from "./benchmark.ts";
import { changes } from "./changes.ts";
import { importing } from "./import.ts";
import { plan } from "./plan.ts";
import { render } from "./render.ts";
import { scale } from "./scale.ts";
import { send } from "./send.ts";
import { subscribe } from "./subscribe.ts";

const BENCHMARKS: Record<string, Benchmark> = {
  send,
  plan,
  subscribe,
  import: importing,
  render,
  admin,
  changes,
  scale,
};

const USAGE = [
  "Usage: npm run bench -- NAME [--subscribers N] [--db sqlite|postgres] [--queue memory|redis|postgres] [--profile] [--json]",
  "",
  ...Object.entries(BENCHMARKS).map(([name, { about }]) => `  ${name.padEnd(10)} ${about}`),
].join("\n");

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const asked = readArguments(argv);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const { name, benchmark, json, ...options } = asked;
  const found = await benchmark.run({ ...options, say: (line) => console.error(line) });
  const report = { name, subscribers: options.subscribers, ...rounded(found) };
  for (const [key, value] of Object.entries(report)) console.log(`${key.padEnd(24)} ${value}`);
  if (json) console.log(JSON.stringify(report));
  return 0;
}

function readArguments(argv: string[]) {
  const options = {
    subscribers: { type: "string" },
    db: { type: "string", default: "sqlite" },
    queue: { type: "string", default: "memory" },
    profile: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { values, positionals } = parseArgs({ args: argv, options, allowPositionals: true, strict: true });
    const [name = "", ...rest] = positionals;
    const benchmark = Object.hasOwn(BENCHMARKS, name) ? BENCHMARKS[name] : undefined;
    const subscribers = Number(values.subscribers ?? benchmark?.subscribers);
    const known = ["sqlite", "postgres"].includes(values.db) && ["memory", "redis", "postgres"].includes(values.queue);
    if (!benchmark || rest.length > 0 || !known || !Number.isInteger(subscribers) || subscribers < 1) return null;
    const [db, queue] = [values.db as DatabaseName, values.queue as QueueName];
    return { name, benchmark, subscribers, db, queue, profile: values.profile, json: values.json };
  } catch {
    return null;
  }
}

function rounded(found: Findings): Findings {
  const round = (value: number) => (Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3)));
  return Object.fromEntries(
    Object.entries(found).map(([key, value]) => [key, typeof value === "number" ? round(value) : value]),
  ) as Findings;
}
