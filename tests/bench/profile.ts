import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

interface CpuProfile {
  nodes: { id: number; callFrame: { functionName: string; url: string } }[];
  samples: number[];
  /** Microseconds since the sample before. */
  timeDeltas: number[];
}

/** The parts that a run's time is shared out among; the first that fits takes a sample. */
const PARTS: readonly (readonly [part: string, fits: (url: string, name: string) => boolean])[] = [
  ["waiting", (_, name) => name === "(idle)"],
  ["garbage collection", (_, name) => name === "(garbage collector)"],
  ["SQLite at work", (url) => url.includes("sqlite-driver")],
  ["PostgreSQL's driver", (url) => /node_modules\/pg[-/]/.test(url)],
  ["queue's driver", (url) => /node_modules\/(bullmq|ioredis)\//.test(url)],
  ["building queries", (url) => url.includes("node_modules/kysely")],
  ["tokens and addresses", (url) => /internal\/crypto|src\/vault\//.test(url)],
  ["writing bodies", (url) => url.includes("src/mail/resend-body")],
  [
    "network",
    (url, name) => /^node:(net|_http|internal\/(stream|abort|event))/.test(url) || /^writev?|^writeBuffer/.test(name),
  ],
  ["loading modules", (url) => /^node:internal\/modules/.test(url)],
  ["planning", (url) => url.includes("src/digests/")],
  ["rendering", (url) => /react|prismjs|\/emails\//.test(url)],
  ["delivery", (url) => /\/src\/(delivery|mail|queue|db)\//.test(url)],
];

/** Where a process that ran under `--cpu-prof` spent its time: shares of the whole by part, largest first. */
export async function sharesOf(folder: string): Promise<[part: string, share: number][]> {
  const [name] = (await readdir(folder)).filter((file) => file.endsWith(".cpuprofile"));
  if (!name) throw new Error(`no profile was written to ${folder}`);
  const { nodes, samples, timeDeltas } = JSON.parse(await readFile(join(folder, name), "utf8")) as CpuProfile;
  const partOfNode = new Map(nodes.map(({ id, callFrame }) => [id, partOf(callFrame)]));
  const spent = new Map<string, number>();
  for (const [place, id] of samples.entries()) {
    const part = partOfNode.get(id) ?? "the rest";
    spent.set(part, (spent.get(part) ?? 0) + (timeDeltas[place] ?? 0));
  }
  const whole = [...spent.values()].reduce((sum, time) => sum + time, 0);
  return [...spent].map(([part, time]): [string, number] => [part, time / whole]).sort((a, b) => b[1] - a[1]);
}

function partOf({ url, functionName }: { url: string; functionName: string }): string {
  return PARTS.find(([, fits]) => fits(url, functionName))?.[0] ?? "the rest";
}
