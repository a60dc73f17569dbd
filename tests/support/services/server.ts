import { type ChildProcess, spawn } from "node:child_process";
import { chownSync, mkdtempSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A real server that runs for the tests, on a port of 127.0.0.1. */
export interface Server {
  url: string;
  version: string;
  /** Where it keeps its files; null when it was running before. Gone after `close`. */
  dir: string | null;
  close(): Promise<void>;
}

/** The account a server runs under; undefined: the one of this process. */
export type Account = { uid: number; gid: number } | undefined;

/** A server under way: its watcher, and the end of what it logged. */
export interface Running {
  child: ChildProcess;
  log: () => string;
}

/**
 * The watcher between this process and a server. It reads a pipe that only this process holds open, so the server ends
 * and its directory goes when this process does, even by `kill -9`.
 */
const WATCHER = `exec 3<&0
"$@" 3<&- 2>&1 &
server=$!
{ read -r _ <&3; kill -INT $server; } >/dev/null 2>&1 &
watcher=$!
wait $server
kill $watcher 2>/dev/null
[ -n "$KEEP" ] || rm -rf -- "$DIR"`;

/** Removes a directory once this process ends, however it does. */
const GUARDIAN = `read -r _
for turn in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20; do
  rm -rf -- "$DIR" && [ ! -e "$DIR" ] && exit
  sleep 0.1
done`;

/** Makes a directory for a server's files, owned by the account. */
export function serverDir(name: string, account?: Account): string {
  // Root's own temporary directory may be closed to the other account.
  const dir = mkdtempSync(join(account ? "/tmp" : tmpdir(), `newsletter-${name}-`));
  if (account) chownSync(dir, account.uid, account.gid);
  return dir;
}

/** Starts `command` under the watcher, which removes `dir` at the end unless it is to be kept. */
export function runServer(dir: string, command: string[], account?: Account, keep = false): Running {
  return watch(WATCHER, { dir, at: dir, command, account, keep });
}

/** Keeps `dir` while servers come and go in it, until this is stopped or this process ends. */
export function holdDir(dir: string, account?: Account): Running {
  return watch(GUARDIAN, { dir, at: "/", command: [], account, keep: false });
}

interface Watched {
  dir: string;
  /** Where the script runs. */
  at: string;
  command: string[];
  account: Account;
  keep: boolean;
}

function watch(script: string, { dir, at, command, account, keep }: Watched): Running {
  const child = spawn("sh", ["-c", script, "sh", ...command], {
    cwd: at,
    env: { PATH: process.env.PATH ?? "", LC_ALL: "C", TZ: "UTC", DIR: dir, KEEP: keep ? "yes" : "" },
    stdio: ["pipe", "pipe", "ignore"],
    detached: true,
    ...account,
  });
  let log = "";
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    log = (log + text).slice(-4000);
  });
  // Neither the server nor what it says keeps this process alive.
  child.unref();
  (child.stdout as Socket).unref();
  (child.stdin as unknown as Socket).unref();
  return { child, log: () => log };
}

/** Ends a server and waits until its directory is gone. */
export function stopServer({ child }: Running): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  child.ref();
  return new Promise((resolve) => {
    child.once("exit", () => resolve());
    child.stdin?.end();
  });
}

/** A port of 127.0.0.1 that nothing listens on. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/**
 * Asks `probe` until it answers with the server's version.
 * @throws Error with the end of the server's log when the server ended or was not ready within 60 seconds.
 */
export async function whenReady(server: Running, probe: () => Promise<string>): Promise<string> {
  const deadline = Date.now() + 60_000;
  let last: unknown;
  while (Date.now() < deadline && server.child.exitCode === null) {
    try {
      return await probe();
    } catch (error) {
      last = error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
  await stopServer(server);
  throw new Error(`[services] ${server.child.spawnargs[4]} did not start\n${server.log()}`, { cause: last });
}
