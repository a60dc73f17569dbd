import { parseArgs } from "node:util";
import type { DatabaseName, QueueName } from "../support/installation.ts";
import { BREAKS, type Break } from "./broken.ts";
import { buildPlatform } from "./build.ts";
import { badProvider } from "./faults.ts";
import { faultsFound, isSound, tableOf } from "./report.ts";
import { type ChaosReport, runChaos } from "./run.ts";

const USAGE = `Usage: npm run chaos -- [options]
  --subscribers N   readers on the list (2000)
  --kills K         SIGKILLs in all, of processes and servers (10)
  --seed S          repeats a run's choices (drawn)
  --seeds N         runs of the seeds S to S+N-1, a line each (1)
  --db              sqlite | postgres (sqlite)
  --queue           memory | redis | postgres (redis)
  --correct         an article of the digest is marked as wrong meanwhile
  --broken          ${Object.keys(BREAKS).join(" | ")}: a copy of the platform that is broken so, to see it found
  --json            the report as one JSON object, last`;

process.exitCode = await main(process.argv.slice(2));

type Asked = NonNullable<ReturnType<typeof readArguments>>;

async function main(argv: string[]): Promise<number> {
  const asked = readArguments(argv);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const built = await buildPlatform(asked.broken ?? null);
  try {
    const runs = [];
    for (let turn = 0; turn < asked.seeds; turn += 1) runs.push(await run(asked, asked.seed + turn, built.root));
    const failed = runs.filter((report) => !isSound(report));
    if (asked.seeds > 1) console.log(`${runs.length} runs, ${failed.length} not sound`);
    return failed.length > 0 ? 1 : 0;
  } finally {
    await built.remove();
  }
}

async function run(asked: Asked, seed: number, root: string): Promise<ChaosReport> {
  const { subscribers, kills, db, queue, correct, json } = asked;
  const report = await runChaos({
    subscribers,
    kills,
    seed,
    db,
    queue,
    correct,
    root,
    faults: badProvider(seed),
    leaving: Math.ceil(subscribers / 100),
    joining: Math.max(5, Math.ceil(subscribers / 200)),
    withinMs: 300_000 + kills * 10_000 + subscribers * 10,
    say: (line) => console.error(line),
  });
  const all = { subscribers, seed, db, queue, correct, broken: asked.broken ?? "no", ...report };
  if (asked.seeds > 1) console.log(shortLine(db, queue, seed, report));
  else for (const line of tableOf(all)) console.log(line);
  if (json) console.log(JSON.stringify({ ...all, sound: isSound(report) }));
  else if (asked.seeds === 1) console.log(lastLine(report));
  return report;
}

function shortLine(db: string, queue: string, seed: number, report: ChaosReport): string {
  const { ms, requests, accepted } = report;
  const wrong = isSound(report) ? "sound" : JSON.stringify(faultsFound(report));
  const did = `${Math.round(ms / 1000)} s, ${accepted} accepted in ${requests} requests`;
  return `${db}+${queue} seed ${seed}: ${did}, ${lastLine(report)}, ${wrong}`;
}

function lastLine({ lost, duplicated }: ChaosReport): string {
  return `lost ${lost} duplicated ${duplicated}`;
}

function readArguments(argv: string[]) {
  const options = {
    subscribers: { type: "string", default: "2000" },
    kills: { type: "string", default: "10" },
    seed: { type: "string", default: String(Math.floor(Math.random() * 1e9)) },
    seeds: { type: "string", default: "1" },
    db: { type: "string", default: "sqlite" },
    queue: { type: "string", default: "redis" },
    correct: { type: "boolean", default: false },
    broken: { type: "string" },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: argv, options, strict: true });
    const numbers = [values.subscribers, values.kills, values.seed, values.seeds].map(Number);
    const [subscribers = 0, kills = 0, seed = 0, seeds = 0] = numbers;
    const whole = numbers.every((value) => Number.isInteger(value) && value >= 0) && subscribers > 0 && seeds > 0;
    const known = ["sqlite", "postgres"].includes(values.db) && ["memory", "redis", "postgres"].includes(values.queue);
    if (!whole || !known || (values.broken !== undefined && !(values.broken in BREAKS))) return null;
    const [db, queue, broken] = [values.db as DatabaseName, values.queue as QueueName, values.broken as Break];
    return { subscribers, kills, seed, seeds, db, queue, correct: values.correct, broken, json: values.json };
  } catch {
    return null;
  }
}
