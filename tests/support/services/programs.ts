import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync, readdirSync } from "node:fs";
import { delimiter, join } from "node:path";

/** A program that the tests need, where it may be, and the packages that bring it. */
interface Program {
  names: string[];
  /** Full paths to look at beside PATH. */
  places: () => string[];
  packages: { debian: string; homebrew: string; fedora: string };
  /** The variable that names another one. */
  override: string;
}

const MAC_APPS = ["Chromium", "Google Chrome"];

const PROGRAMS = {
  "redis-server": {
    names: ["redis-server"],
    places: () => ["/opt/homebrew/bin/redis-server", "/usr/local/bin/redis-server"],
    packages: { debian: "redis-server", homebrew: "redis", fedora: "redis" },
    override: "REDIS_URL",
  },
  postgres: {
    names: ["postgres"],
    places: postgresPlaces,
    packages: { debian: "postgresql", homebrew: "postgresql@16", fedora: "postgresql-server" },
    override: "TEST_DATABASE_URL",
  },
  chromium: {
    names: ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"],
    places: () => MAC_APPS.map((app) => `/Applications/${app}.app/Contents/MacOS/${app}`),
    packages: { debian: "chromium", homebrew: "--cask chromium", fedora: "chromium" },
    override: "CHROMIUM_PATH",
  },
} satisfies Record<string, Program>;

export type ProgramName = keyof typeof PROGRAMS;

/** The full path of an installed program, or null. */
function findProgram(name: ProgramName): string | null {
  const { names, places }: Program = PROGRAMS[name];
  const path = (process.env.PATH ?? "").split(delimiter).filter(Boolean);
  const candidates = [...places(), ...names.flatMap((file) => path.map((dir) => join(dir, file)))];
  return candidates.find(isExecutable) ?? null;
}

/**
 * Finds the programs, and on a Debian system where this process may install packages installs what is missing.
 * @returns the full path of each, in order.
 * @throws Error that names what to install, with the command for the system.
 */
export function needPrograms(names: ProgramName[]): string[] {
  const absent = names.filter((name) => !findProgram(name));
  if (absent.length > 0) installOnDebian(absent);
  const missing = names.filter((name) => !findProgram(name));
  if (missing.length > 0) throw new Error(missingText(missing));
  return names.map((name) => findProgram(name) ?? "");
}

/** PostgreSQL's server is not on the PATH of Debian; the newest version comes first. */
function postgresPlaces(): string[] {
  const roots = ["/usr/lib/postgresql", "/opt/homebrew/opt", "/usr/local/opt"].filter(existsSync);
  const versions = roots.flatMap((root) => readdirSync(root).map((entry) => join(root, entry)));
  const major = (dir: string) => Number.parseInt(dir.replace(/^.*[/@]/, ""), 10) || 0;
  return versions
    .sort((a, b) => major(b) - major(a))
    .map((dir) => join(dir, "bin/postgres"))
    .concat("/usr/bin/postgres");
}

/**
 * Services that the packages bring must not start by themselves: the tests use their own ports and directories. Where
 * the system has no such policy, one stands for as long as the installation runs.
 */
const INSTALL = `set -e
policy=/usr/sbin/policy-rc.d
if [ ! -e $policy ]; then
  trap 'rm -f /usr/sbin/policy-rc.d' EXIT
  printf '#!/bin/sh\\nexit 101\\n' >$policy
  chmod 755 $policy
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -q
apt-get install -q -y --no-install-recommends "$@"`;

function installOnDebian(names: ProgramName[]): void {
  if (!existsSync("/etc/debian_version")) return;
  const become = process.getuid?.() === 0 ? [] : canSudo() ? ["sudo", "-n"] : null;
  if (!become) return;
  const packages = names.map((name) => PROGRAMS[name].packages.debian);
  console.log(`[services] installing ${packages.join(", ")} with apt-get`);
  const [command = "sh", ...args] = [...become, "sh", "-c", INSTALL, "sh", ...packages];
  try {
    execFileSync(command, args, { stdio: ["ignore", "pipe", "pipe"], maxBuffer: 64 * 1024 * 1024 });
  } catch (error) {
    throw new Error(`${missingText(names)}\nInstalling them failed: ${String(error)}`, { cause: error });
  }
}

function canSudo(): boolean {
  try {
    execFileSync("sudo", ["-n", "true"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

function missingText(names: ProgramName[]): string {
  const packages = (system: keyof Program["packages"]) => names.map((name) => PROGRAMS[name].packages[system]);
  return [
    `[services] The tests need ${names.join(", ")}, which this machine lacks. Install with one of:`,
    `  Debian, Ubuntu: sudo apt-get install --no-install-recommends ${packages("debian").join(" ")}`,
    ...packages("homebrew").map((name) => `  macOS:          brew install ${name}`),
    `  Fedora:         sudo dnf install ${packages("fedora").join(" ")}`,
    `Or name one that is there already: ${names.map((name) => PROGRAMS[name].override).join(", ")}.`,
  ].join("\n");
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
