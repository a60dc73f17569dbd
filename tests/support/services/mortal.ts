import { execFileSync } from "node:child_process";
import { setTimeout as pause } from "node:timers/promises";
import { type Account, holdDir, type Running, runServer, type Server, stopServer, whenReady } from "./server.ts";

/** A server of a run's own that may be killed and comes back on the same port with the data it had written. */
export interface MortalServer extends Server {
  /** SIGKILL for it and all its processes at once, as a crash would; resolves when they are gone. */
  kill(): Promise<void>;
  /** Starts it again; resolves when it answers. */
  restart(): Promise<void>;
}

export interface MortalOptions {
  url: string;
  dir: string;
  command: string[];
  account?: Account;
  /** Gives the version once the server answers. */
  probe: () => Promise<string>;
  /** The process that is killed. */
  pid: () => number;
}

/** What a crash left may be in the way for a moment. */
const TRIES = 50;
const TRY_AGAIN_MS = 100;

export async function startMortal({ url, dir, command, account, probe, pid }: MortalOptions): Promise<MortalServer> {
  const guardian = holdDir(dir, account);
  let running: Running;
  const start = async () => {
    running = runServer(dir, command, account, true);
    return whenReady(running, probe);
  };
  const restart = async () => {
    for (let turn = 1; ; turn += 1) {
      try {
        return void (await start());
      } catch (error) {
        if (turn === TRIES) throw error;
        await pause(TRY_AGAIN_MS);
      }
    }
  };
  const kill = async () => {
    killTree(pid());
    if (running.child.exitCode === null) await new Promise((resolve) => running.child.once("exit", resolve));
  };
  try {
    const version = await start();
    const close = async () => {
      await stopServer(running);
      await stopServer(guardian);
    };
    return { url, version, dir, kill, restart, close };
  } catch (error) {
    await stopServer(guardian);
    throw error;
  }
}

/** The parent first, so that it can do nothing about its children's end. */
function killTree(pid: number): void {
  const table = execFileSync("ps", ["-A", "-o", "pid=,ppid="], { encoding: "utf8" });
  const rows = table
    .trim()
    .split("\n")
    .map((line) => line.trim().split(/\s+/).map(Number));
  for (const one of [pid, ...rows.filter(([, parent]) => parent === pid).map(([child]) => child ?? 0)]) {
    try {
      process.kill(one, "SIGKILL");
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
    }
  }
}
