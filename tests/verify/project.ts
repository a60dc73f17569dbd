import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SETTINGS = ["biome.json", "lint", ".dependency-cruiser.cjs", "knip.json", "tsconfig.json", "package.json"];

/** What a command said and how it ended. */
export interface Ended {
  code: number;
  output: string;
}

/** A small project under this project's own settings, in a directory of its own. */
export interface Project {
  /** Runs one of the tools that `npm run verify` runs. */
  run(tool: string, ...args: string[]): Promise<Ended>;
  remove(): void;
}

/** Writes the files, path to text, and lays the settings beside them. */
export function writeProject(files: Record<string, string>): Project {
  const dir = mkdtempSync(join(tmpdir(), "newsletter-verify-"));
  for (const name of SETTINGS) cpSync(join(ROOT, name), join(dir, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(dir, "node_modules"));
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  return {
    run: (tool, ...args) => run(join(ROOT, "node_modules/.bin", tool), args, dir),
    remove: () => rmSync(dir, { recursive: true, force: true }),
  };
}

function run(program: string, args: string[], cwd: string): Promise<Ended> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, maxBuffer: 32 * 1024 * 1024 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 1) : 0;
      resolve({ code, output: `${stdout}${stderr}` });
    });
  });
}
