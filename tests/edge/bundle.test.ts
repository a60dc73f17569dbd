import { execFile } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { gzipSync } from "node:zlib";
import { expect, it } from "vitest";

const ROOT = fileURLToPath(new URL("../..", import.meta.url));
/** Workers' limit on the free plan. */
const LIMIT_BYTES = 3 * 1024 * 1024;

it("the Worker's bundle holds no module that only Node can run, and fits the free plan", async () => {
  const folder = await mkdtemp(join(tmpdir(), "bundle-"));
  try {
    const args = [
      "node_modules/wrangler/bin/wrangler.js",
      "deploy",
      "--dry-run",
      "--outdir",
      folder,
      "--metafile",
      join(folder, "meta.json"),
    ];
    const env = { ...process.env, CI: "1", WRANGLER_SEND_METRICS: "false", WRANGLER_LOG_PATH: folder };
    await promisify(execFile)(process.execPath, args, { cwd: ROOT, env });
    const { inputs } = JSON.parse(await readFile(join(folder, "meta.json"), "utf8")) as {
      inputs: Record<string, unknown>;
    };
    const packages = new Set(Object.keys(inputs).map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]));
    expect(packages).toContain("hono");
    for (const name of ["better-sqlite3", "ioredis", "bullmq", "nodemailer", "undici", "pino", "tsx"])
      expect(packages).not.toContain(name);
    expect(gzipSync(await readFile(join(folder, "edge.js"))).length).toBeLessThan(LIMIT_BYTES);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}, 60_000);
