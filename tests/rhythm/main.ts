import { parseArgs } from "node:util";
import { type SimulationReport, simulate } from "./simulate.ts";

const USAGE =
  "Usage: npm run simulate -- [--readers N] [--articles A] [--versions V] [--days D] [--seed S] [--json]\n" +
  "Plays a site's year and holds every mail against the oracle. Default: 2000 readers; 100000 take about an hour.";

process.exitCode = await main(process.argv.slice(2));

async function main(argv: string[]): Promise<number> {
  const asked = readArguments(argv);
  if (!asked) {
    console.error(USAGE);
    return 2;
  }
  const { json, ...wanted } = asked;
  const report = await simulate({ ...wanted, say: (line) => console.error(line) });
  for (const [name, value] of Object.entries({ ...wanted, ...report })) console.log(`${name.padEnd(16)} ${value}`);
  if (json) console.log(JSON.stringify({ ...wanted, ...report }));
  return isSound(report) ? 0 : 1;
}

function isSound({ pairs, twice, missed, uninvited, late }: SimulationReport): boolean {
  return pairs > 0 && twice + missed + uninvited + late === 0;
}

function readArguments(argv: string[]) {
  const options = {
    readers: { type: "string", default: "2000" },
    articles: { type: "string", default: "200" },
    versions: { type: "string", default: "1000" },
    days: { type: "string", default: "365" },
    seed: { type: "string", default: "1" },
    json: { type: "boolean", default: false },
  } as const;
  try {
    const { values } = parseArgs({ args: argv, options, strict: true });
    const [readers, articles, versions, days, seed] = [
      values.readers,
      values.articles,
      values.versions,
      values.days,
      values.seed,
    ].map(Number) as [number, number, number, number, number];
    const whole = [readers, articles, versions, days, seed].every((value) => Number.isInteger(value) && value >= 0);
    if (!whole || readers < 1 || articles < 1 || versions < articles || days < 1) return null;
    return { readers, articles, versions, days, seed, json: values.json };
  } catch {
    return null;
  }
}
