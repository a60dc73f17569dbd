import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

export interface Ran {
  code: number;
  out: string;
  err: string;
  /** The last line of standard output as JSON; empty without --json. */
  json: Record<string, unknown>;
}

/** A folder of its own with a trial installation in it, and the operator's tool run there as a process. */
export async function installation(env: Record<string, string> = {}) {
  const folder = await mkdtemp(join(tmpdir(), "newsletter-cli-"));
  const settings = {
    PATH: process.env.PATH ?? "",
    DATABASE_URL: `sqlite:${join(folder, "data", "newsletter.db")}`,
    ...env,
  };
  const cli = (...args: string[]): Promise<Ran> =>
    new Promise((resolve) => {
      const program = ["--import", "tsx", "src/cli.ts", ...args];
      execFile(process.execPath, program, { env: settings, timeout: 60_000 }, (error, out, err) => {
        const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
        const last = out.trim().split("\n").at(-1) ?? "";
        resolve({ code, out, err, json: last.startsWith("{") ? (JSON.parse(last) as Record<string, unknown>) : {} });
      });
    });
  return { folder, cli, remove: () => rm(folder, { recursive: true, force: true }) };
}
