import { execFile } from "node:child_process";
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { BREAKS, type Break } from "./broken.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const SOURCES = ["src", "workers", "emails", "migrations", "package.json", "tsconfig.json"];
const ENTRIES = ["src/main.ts", "workers/main.ts"];

/** The platform as a few plain files, so that a killed process is back in a fraction of a second. */
export interface Built {
  /** Holds `src/main.js` and `workers/main.js`. */
  root: string;
  remove(): Promise<void>;
}

/** Builds the project, or a copy of it that is broken on purpose; whoever asked removes it. */
export async function buildPlatform(broken: Break | null = null): Promise<Built> {
  const root = await mkdtemp(join(tmpdir(), "newsletter-build-"));
  const remove = () => rm(root, { recursive: true, force: true });
  try {
    await symlink(join(ROOT, "node_modules"), join(root, "node_modules"));
    await bundle(broken === null ? ROOT : await breakCopy(join(root, "broken"), broken), root);
    return { root, remove };
  } catch (error) {
    await remove();
    throw error;
  }
}

async function breakCopy(copy: string, name: Break): Promise<string> {
  for (const part of SOURCES) await cp(join(ROOT, part), join(copy, part), { recursive: true });
  const { file, text, by } = BREAKS[name];
  const parts = (await readFile(join(copy, file), "utf8")).split(text);
  if (parts.length !== 2) throw new Error(`${file} holds the text that is to be broken ${parts.length - 1} times`);
  await writeFile(join(copy, file), parts.join(by));
  return copy;
}

/** What some packages ask for in the middle of their code. */
const REQUIRE =
  'import { createRequire as requireFor } from "node:module"; const require = requireFor(import.meta.url);';

/** With the bundler that tsx brings. */
async function bundle(from: string, to: string): Promise<void> {
  const manifest = createRequire(createRequire(import.meta.url).resolve("tsx")).resolve("esbuild/package.json");
  const options = ["--bundle", "--splitting", "--platform=node", "--format=esm", "--log-level=error"];
  const places = [`--outdir=${to}`, "--outbase=.", `--banner:js=${REQUIRE}`];
  const native = ["--external:better-sqlite3", "--external:pg-native"];
  const all = [...ENTRIES, ...options, ...places, ...native];
  await promisify(execFile)(join(dirname(manifest), "bin/esbuild"), all, { cwd: from });
}
