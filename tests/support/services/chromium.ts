import { execFileSync } from "node:child_process";
import { needPrograms } from "./programs.ts";

/** A browser that Playwright can drive. */
export interface Chromium {
  path: string;
  version: string;
}

/** The browser of CHROMIUM_PATH, or the one installed (after installing it, where that is possible). */
export function findChromium(): Chromium {
  const path = process.env.CHROMIUM_PATH || needPrograms(["chromium"])[0] || "";
  const said = execFileSync(path, ["--version"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });
  return { path, version: /\d+(\.\d+)+/.exec(said)?.[0] ?? said.trim() };
}
