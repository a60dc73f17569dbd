import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { setTimeout as pause } from "node:timers/promises";
import type { QueueName } from "../support/installation.ts";

/** The platform's processes. Each is there again soon after it ended, for whatever reason, as under any supervisor. */
export interface Platform {
  /** SIGKILL for the process that serves; with the in-process queue, for the whole platform. */
  killApi(): Promise<void>;
  /** SIGKILL for one of the workers, chosen by a number from 0 to 1. */
  killWorker(which: number): Promise<void>;
  /** How often a process ended though nobody killed it. */
  ended(): number;
  /** Lets them finish what they do. */
  stop(): Promise<void>;
}

const WORKERS = 2;

/** Starts what was built into `root`. With the in-process queue the whole platform is one process, else one serves and two work. */
export function startPlatform(root: string, env: Record<string, string>, queue: QueueName): Platform {
  if (queue === "memory") {
    const whole = keepAlive(root, "src/main.js", env);
    return { killApi: whole.kill, killWorker: whole.kill, ended: whole.ended, stop: whole.stop };
  }
  const api = keepAlive(root, "src/main.js", { ...env, WORKERS: "apart" });
  const workers = Array.from({ length: WORKERS }, () => keepAlive(root, "workers/main.js", env));
  const all = [api, ...workers];
  return {
    killApi: api.kill,
    killWorker: async (which) => workers[Math.floor(which * WORKERS)]?.kill(),
    ended: () => all.reduce((sum, one) => sum + one.ended(), 0),
    stop: async () => void (await Promise.all(all.map((one) => one.stop()))),
  };
}

interface Kept {
  kill(): Promise<void>;
  ended(): number;
  stop(): Promise<void>;
}

const RESTART_MS = 200;
/** A program that ends so often by itself will never run. */
const TOO_OFTEN = 500;

function keepAlive(root: string, program: string, env: Record<string, string>): Kept {
  let stopping = false;
  let killed = false;
  let ended = 0;
  let child = start(root, program, env);
  const living = (async () => {
    for (;;) {
      await child.exit;
      if (stopping) return;
      if (!killed) {
        ended += 1;
        if (ended > TOO_OFTEN) throw new Error(`${program} does not run\n${child.said()}`);
        await pause(RESTART_MS);
      }
      killed = false;
      if (stopping) return;
      child = start(root, program, env);
    }
  })();
  // Whoever stops it hears of the error; it must not end the process before.
  living.catch(() => undefined);
  return {
    kill: async () => {
      killed = true;
      child.process.kill("SIGKILL");
      await child.exit;
    },
    ended: () => ended,
    stop: async () => {
      stopping = true;
      child.process.kill("SIGTERM");
      await living;
    },
  };
}

function start(root: string, program: string, env: Record<string, string>) {
  const child: ChildProcess = spawn(process.execPath, [program], {
    cwd: root,
    env: { PATH: process.env.PATH ?? "", TMPDIR: process.env.TMPDIR ?? "/tmp", ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    said = (said + text).slice(-4000);
  });
  return { process: child, exit: once(child, "exit"), said: () => said };
}
