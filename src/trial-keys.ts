import { randomBytes } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { parseEnv } from "node:util";
import type { Config } from "./config.ts";
import { InvalidError } from "./errors.ts";

/**
 * On a trial installation, fills in the keys that the environment leaves out, from a file that only its owner can read,
 * made at the first start. Production has both in the environment already and gets no file. Throws `InvalidError` when
 * the file is damaged.
 */
export function withTrialKeys(config: Config): Config {
  if (config.production || (config.dataKeys.length > 0 && config.adminApiKey !== null)) return config;
  const folder = config.database.engine === "sqlite" ? dirname(config.database.path) : "data";
  const path = join(folder, "keys.env");
  if (!existsSync(path)) writeKeys(folder, path);
  const { DATA_KEYS, ADMIN_API_KEY } = parseEnv(readFileSync(path, "utf8"));
  if (!DATA_KEYS || !ADMIN_API_KEY) throw new InvalidError(`${path}: expected DATA_KEYS and ADMIN_API_KEY`);
  return {
    ...config,
    dataKeys: config.dataKeys.length > 0 ? config.dataKeys : DATA_KEYS.split(","),
    adminApiKey: config.adminApiKey ?? ADMIN_API_KEY,
  };
}

function writeKeys(folder: string, path: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const text = [
    "# Made at the first start. Whoever has this file and the database can read every address: keep it apart from backups.",
    `DATA_KEYS=${randomBytes(32).toString("base64")}`,
    `ADMIN_API_KEY=${randomBytes(24).toString("base64url")}`,
  ].join("\n");
  writeFileSync(path, `${text}\n`, { mode: 0o600, flag: "wx" });
  console.log(`Keys were made and written to ${path}, readable by you alone.`);
}
