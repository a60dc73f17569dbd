import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { freePort } from "../support/services/server.ts";
import { until } from "../support/until.ts";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Edge {
  url: string;
  /** What it printed, for when it fails. */
  printed(): string;
  close(): Promise<void>;
}

/** Starts the Worker under `wrangler dev`, offline, on a free port of this machine. */
export async function startEdge(databaseUrl: string, vars: Record<string, string>): Promise<Edge> {
  const [port, inspector] = [await freePort(), await freePort()];
  const state = await mkdtemp(join(tmpdir(), "edge-"));
  const url = `http://127.0.0.1:${port}`;
  const flags = { ip: "127.0.0.1", port, "inspector-port": inspector, "persist-to": state };
  const options = Object.entries(flags).flatMap(([name, value]) => [`--${name}`, String(value)]);
  const named = Object.entries({ ...vars, PUBLIC_URL: url }).flatMap(([name, value]) => ["--var", `${name}:${value}`]);
  const child = spawn(
    process.execPath,
    ["node_modules/wrangler/bin/wrangler.js", "dev", "--local", ...options, ...named],
    {
      cwd: ROOT,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: {
        ...process.env,
        CI: "1",
        WRANGLER_SEND_METRICS: "false",
        WRANGLER_LOG_PATH: state,
        CLOUDFLARE_HYPERDRIVE_LOCAL_CONNECTION_STRING_HYPERDRIVE: withPassword(databaseUrl),
      },
    },
  );
  const printed: string[] = [];
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (data: Buffer) => printed.push(String(data)));
  const edge = { url, printed: () => printed.join(""), close: () => stop(child, state) };
  await until("the Worker to answer", () => answers(url), 60_000).catch(async (error: unknown) => {
    await edge.close();
    throw new Error(`${String(error)}\n${edge.printed()}`);
  });
  return edge;
}

/** Hyperdrive wants one, also where the server asks for none. */
function withPassword(databaseUrl: string): string {
  const url = new URL(databaseUrl);
  url.password ||= "none";
  return url.href;
}

async function answers(url: string): Promise<boolean> {
  try {
    return (await fetch(`${url}/healthz`)).ok;
  } catch {
    return false;
  }
}

/** Ends wrangler and the runtime it started: they are one process group. */
async function stop(child: ChildProcess, state: string): Promise<void> {
  const ended = new Promise((resolve) => child.once("exit", resolve));
  if (child.exitCode === null && child.pid) {
    process.kill(-child.pid, "SIGTERM");
    await ended;
  }
  await rm(state, { recursive: true, force: true });
}
