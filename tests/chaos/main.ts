import { parseArgs } from "node:util";
import type { DatabaseName, QueueName } from "../support/installation.ts";
import { isExact } from "./correction-verdict.ts";
import { badProvider } from "./faults.ts";
import { type ChaosReport, runChaos } from "./run.ts";

const USAGE =
  "Usage: npm run chaos -- [--subscribers N] [--kills K] [--seed S] [--queue memory|redis|postgres] [--db sqlite|postgres] [--correct] [--json]";

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const asked = readArguments(argv);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const { json, ...wanted } = asked;
  const { seed, subscribers, kills } = wanted;
  const report = await runChaos({
    ...wanted,
    faults: badProvider(seed),
    leaving: Math.ceil(subscribers / 100),
    withinMs: 120_000 + kills * 15_000 + subscribers * 5,
    say: (line) => console.error(line),
  });
  const { correction, ...send } = report;
  for (const [name, value] of Object.entries({ ...wanted, ...send, ...correction }))
    console.log(`${name.padEnd(20)} ${value}`);
  console.log(json ? JSON.stringify({ ...wanted, ...report }) : lastLine(report));
  return isSound(report) ? 0 : 1;
}

function lastLine({ lost, duplicated }: ChaosReport): string {
  return `lost ${lost} duplicated ${duplicated}`;
}

/** Nobody without, nobody twice, nobody who had left, and every row accounted for. */
function isSound(report: ChaosReport): boolean {
  const { lost, duplicated, denied, status, candidates, deliveries, excluded, wrongCounters, openBatches } = report;
  const wrong = lost + duplicated + denied + wrongCounters.length + openBatches;
  const sent = wrong === 0 && status === "sent" && candidates === deliveries + excluded;
  return sent && (report.correction === null || isExact(report.correction));
}

function readArguments(argv: string[]) {
  const options = {
    subscribers: { type: "string", default: "2000" },
    kills: { type: "string", default: "10" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    db: { type: "string", default: "sqlite" },
    queue: { type: "string", default: "redis" },
    correct: { type: "boolean", default: false },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: argv, options, strict: true });
    const [subscribers, kills, seed] = [values.subscribers, values.kills, values.seed].map(Number) as [
      number,
      number,
      number,
    ];
    const whole = [subscribers, kills, seed].every((value) => Number.isInteger(value) && value >= 0);
    const known = ["sqlite", "postgres"].includes(values.db) && ["memory", "redis", "postgres"].includes(values.queue);
    if (!whole || !known || subscribers < 1) return null;
    const [db, queue] = [values.db as DatabaseName, values.queue as QueueName];
    return { subscribers, kills, seed, db, queue, correct: values.correct, json: values.json };
  } catch {
    return null;
  }
}
